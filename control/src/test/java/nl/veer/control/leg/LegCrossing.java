package nl.veer.control.leg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;
import nl.veer.verifier.record.Verdicts;

/** A world's wave that goes to and fro, with ledger and scans, and the shop's clients with it. */
final class LegCrossing implements AutoCloseable {
  private static final long SEED = 1602;
  private static final int ALL = 1_000;

  private static final VerificationConfig PROVEN =
      VerificationConfig.of(true, true).scanning(Duration.ofSeconds(1), 0);

  final CrossingWorld world;
  final Migration migration;
  final Legs legs;
  private final OpenLog log =
      OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());
  private final List<MigrationRun> runs = new ArrayList<>();

  private LegCrossing(CrossingWorld world, Path data) throws SQLException {
    this.world = world;
    Migration plain = world.migration();
    this.migration =
        new Migration(plain.source(), plain.target(), plain.waves(), plain.tuning(), PROVEN, data);
    this.legs = new Legs(migration, log);
  }

  /** The first leg, live. */
  static LegCrossing begin(CrossingWorld world, Path data, Role... roles) throws SQLException {
    LegCrossing crossing = new LegCrossing(world, data);
    crossing.start(roles.length == 0 ? new Role[] {Role.RUN} : roles);
    crossing.awaitFollowing();
    return crossing;
  }

  /** Starts roles, each as a process of its own would. */
  void start(Role... roles) {
    for (Role role : roles) {
      runs.add(MigrationRun.start(migration, log, role, false));
    }
  }

  /** Ends all roles, as far as they run. */
  void end() {
    runs.forEach(MigrationRun::close);
    List<Failure> failures = runs.stream().flatMap(run -> run.failure().stream()).toList();
    runs.clear();
    assertThat(failures).as("what ended a run by itself").isEmpty();
  }

  /** Where the wave is, by what is on record. */
  Leg leg() {
    return Legs.current(migration).values().iterator().next();
  }

  OpenLog log() {
    return log;
  }

  /** Watches the roles that were started first. */
  WatchedRun watched() {
    return new WatchedRun(migration, runs.get(0));
  }

  /** Steps of a cutover, without the fence: nobody writes. Answers the leg that it has come to. */
  Leg goOver() throws SQLException {
    Leg leg = leg();
    awaitFollowing();
    List<Long> times = new ArrayList<>(List.of(System.nanoTime()));
    Leg next = legs.prepare(leg);
    times.add(System.nanoTime());
    legs.awaitRoundTrip(leg, CrossingWorld.PATIENCE);
    times.add(System.nanoTime());
    legs.retire(leg);
    times.add(System.nanoTime());
    legs.adopt(next, Map.of(), CrossingWorld.PATIENCE);
    times.add(System.nanoTime());
    sequences(next);
    legs.activate(next);
    legs.awaitRoundTrip(next, CrossingWorld.PATIENCE);
    times.add(System.nanoTime());
    legs.cleanUp(leg);
    times.add(System.nanoTime());
    System.out.println(
        "MEASURED leg "
            + next.number()
            + " ms of prepare, drain, retire, adopt,"
            + " run and canary, clean up: "
            + millis(times));
    return next;
  }

  private static List<Long> millis(List<Long> times) {
    List<Long> millis = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      millis.add((times.get(i) - times.get(i - 1)) / 1_000_000);
    }
    return millis;
  }

  /** The side that is opened goes on counting where the other one stands. */
  void sequences(Leg next) throws SQLException {
    try (Connection before = next.to().open("test");
        Connection after = next.from().open("test")) {
      String values =
          CrossingWorld.text(
              before,
              "SELECT format('SELECT setval(%L, %s)', schemaname || '.' || sequencename, last_value)"
                  + " FROM pg_sequences WHERE last_value IS NOT NULL AND schemaname <> 'veer'");
      for (String value : values.lines().toList()) {
        CrossingWorld.execute(after, value);
      }
    }
  }

  /** Clients of the shop write on the leg's side until they have committed so many, then end. */
  void trade(Leg leg, int transactions) throws SQLException {
    try (ShopWorkload shop =
        ShopWorkload.start(
            WorkloadConfig.of(SEED + leg.number(), 150).withTruncateEvery(Duration.ofSeconds(2)),
            () -> leg.from().open("shop"))) {
      await(
          "the shop's transactions",
          () -> shop.failure().isPresent() || shop.committed() >= transactions);
      shop.stop();
    }
  }

  /** Until all that was committed on the leg's side before this call is on the other one. */
  void awaitFollowing() throws SQLException {
    await("the leg to be followed", () -> isFollowed(leg()));
  }

  private boolean isFollowed(Leg leg) {
    try {
      legs.awaitRoundTrip(leg, Duration.ofSeconds(1));
      return true;
    } catch (Failure failure) {
      return false;
    }
  }

  /** Until all that was committed on the leg's side before this call is weighed. */
  void awaitBalanced(Leg leg) throws SQLException {
    LsnPosition behind = mark(leg);
    await("the ledger of leg " + leg.number(), () -> isBalanced(leg, behind));
  }

  private static LsnPosition mark(Leg leg) throws SQLException {
    try (Connection from = leg.from().open("test")) {
      LsnPosition behind =
          LsnPosition.parse(CrossingWorld.text(from, "SELECT pg_current_wal_insert_lsn()"));
      CrossingWorld.text(
          from,
          "SELECT pg_logical_emit_message(true, '%s.marker.test', 'here')"
              .formatted(leg.wave().markerPrefix()));
      return behind;
    }
  }

  private static boolean isBalanced(Leg leg, LsnPosition behind) {
    try (Connection to = leg.to().open("test")) {
      return LedgerStore.view(to, leg.wave())
          .map(LedgerView::checkpoint)
          .map(LedgerCheckpoint::balanced)
          .map(Balanced::position)
          .filter(position -> position.isAfter(behind))
          .isPresent();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** What the leg's ledger has found. */
  static List<FindingRecord> findings(Leg leg) throws SQLException {
    try (Connection to = leg.to().open("test")) {
      return LedgerStore.findings(to, leg.wave(), null, ALL);
    }
  }

  void awaitVerdict(Leg leg, String word) {
    await("the verdict " + word + " of leg " + leg.number(), () -> verdict(leg).equals(word));
  }

  private static String verdict(Leg leg) {
    try (Connection to = leg.to().open("test")) {
      return Verdicts.now(to, leg.wave(), true, Duration.ofSeconds(30))
          .map(verdict -> verdict.verdict().word())
          .orElse("");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void await(String what, BooleanSupplier condition) {
    CrossingWorld.await(
        what,
        () -> {
          for (MigrationRun run : runs) {
            if (run.awaitOver(Duration.ZERO)) {
              throw new AssertionError("Ended before " + what, run.failure().orElse(null));
            }
          }
          return condition.getAsBoolean();
        });
  }

  /** Names of all slots of the wave, on both sides. */
  List<String> slots() throws SQLException {
    String slots =
        "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"
            + " AND slot_name LIKE 'veer\\_%' ORDER BY 1";
    List<String> all = new ArrayList<>();
    for (String side : List.of(world.sourceText(slots), world.targetText(slots))) {
      side.lines().forEach(all::add);
    }
    return all;
  }

  @Override
  public void close() throws SQLException {
    end();
    for (int number = 1; number < 5; number++) {
      WaveId leg = world.wave.leg(number);
      for (String slot : List.of(leg.slot(), leg.echo().slot())) {
        String drop =
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                + " WHERE slot_name = '"
                + slot
                + "'";
        world.sourceText(drop);
        world.targetText(drop);
      }
    }
  }
}
