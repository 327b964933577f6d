package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.config.DatabaseConfig;
import nl.veer.control.config.FenceStrategy;
import nl.veer.control.config.ObserveConfig;
import nl.veer.control.config.Size;
import nl.veer.control.config.TablePattern;
import nl.veer.control.config.TablesConfig;
import nl.veer.control.config.TlsMode;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.config.WaveConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.LegOwner;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;

/** A world whose wave runs with its ledger, and whoever cuts it over, as processes beside it. */
final class CutoverWorld implements AutoCloseable {
  static final Duration BUDGET = Duration.ofSeconds(60);

  /** Rights, triggers and functions of everybody's tables, and what the database is set to. */
  static final String SURROUNDINGS =
      """
      SELECT 'acl', c.oid::regclass::text, c.relacl::text FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('public', 'shop')
      UNION ALL SELECT 'column', a.attrelid::regclass || '.' || a.attname, a.attacl::text
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'shop')
        AND a.attacl IS NOT NULL
      UNION ALL SELECT 'trigger', t.tgrelid::regclass || '.' || t.tgname, t.tgenabled::text
        FROM pg_trigger t WHERE NOT t.tgisinternal
      UNION ALL SELECT 'function', p.oid::regprocedure::text, md5(p.prosrc) FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname !~ '^(pg_|information|veer$)'
      UNION ALL SELECT 'schema', n.nspname, n.nspacl::text FROM pg_namespace n
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'veer'
      UNION ALL SELECT 'setting', s.setrole::text, s.setconfig::text FROM pg_db_role_setting s
        WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
      ORDER BY 1, 2, 3
      """;

  final CrossingWorld world;
  final Migration migration;
  private final Path data;
  private final OpenLog log =
      OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());
  private MigrationRun run;

  private CutoverWorld(CrossingWorld world, Path data) throws SQLException {
    this.world = world;
    this.data = data;
    Migration plain = world.migration();
    this.migration =
        new Migration(
            plain.source(),
            plain.target(),
            plain.waves(),
            plain.tuning(),
            VerificationConfig.of(true, false),
            data);
    this.run = MigrationRun.start(migration, log, Role.RUN, false);
  }

  /** Starts the wave of a world whose tables are made; returns when it follows. */
  static CutoverWorld begin(CrossingWorld world, Path data) throws SQLException {
    CutoverWorld begun = new CutoverWorld(world, data);
    begun.awaitFollowing();
    return begun;
  }

  private void awaitFollowing() {
    CrossingWorld.await(
        "the wave to follow",
        () -> {
          assertThat(run.failure()).isEmpty();
          try {
            new Legs(migration, log).awaitRoundTrip(leg(), Duration.ofSeconds(1));
            return true;
          } catch (nl.veer.connectors.failure.Failure failure) {
            return false;
          }
        });
  }

  /** Ends the wave's roles. */
  void endRoles() {
    run.close();
  }

  /** Begins them anew. */
  void startRoles() {
    run = MigrationRun.start(migration, log, Role.RUN, false);
    awaitFollowing();
  }

  Leg leg() {
    return Objects.requireNonNull(Legs.current(migration).get(world.wave));
  }

  /** With triggers, and neither programs nor exemptions. */
  static CutoverConfig plain() {
    return with(FenceStrategy.TRIGGER, null, null, null, Duration.ofSeconds(5));
  }

  static CutoverConfig with(
      FenceStrategy fence,
      @org.jspecify.annotations.Nullable String fenceCommand,
      @org.jspecify.annotations.Nullable String unfenceCommand,
      @org.jspecify.annotations.Nullable String onOpen,
      Duration writersWait) {
    return new CutoverConfig(
        fence,
        List.of(),
        fenceCommand,
        unfenceCommand,
        onOpen,
        BUDGET,
        writersWait,
        Duration.ofSeconds(5),
        Duration.ofHours(1),
        Duration.ofHours(1),
        1000);
  }

  /** A process of its own that cuts over. */
  Cutover cutover(CutoverConfig how, CutoverProgress progress) {
    return cutover(how, progress, new StopSignal());
  }

  Cutover cutover(CutoverConfig how, CutoverProgress progress, StopSignal stop) {
    return new Cutover(config(how), migration, leg(), () -> log, stop, progress);
  }

  /** One that takes the wave to be on this leg. */
  Cutover cutover(CutoverConfig how, int leg) {
    return new Cutover(
        config(how),
        migration,
        Legs.of(migration, world.wave, leg),
        () -> log,
        new StopSignal(),
        CutoverProgress.NONE);
  }

  /** How many findings of a leg's ledger stand open. */
  long findings(Leg leg) {
    try (Connection to = leg.to().open("test")) {
      return LedgerStore.view(to, leg.wave()).map(LedgerView::findings).orElse(0L);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Whoever once drove this attempt. */
  LegDriver driverOf(Attempt attempt) {
    return new LegDriver(new CutoverStore(migration.target(), world.wave, told -> {}), attempt);
  }

  /** As somebody moves them. */
  Legs legs(LegOwner owner) {
    return new Legs(migration, log, owner);
  }

  Attempt rehearse(CutoverConfig how, Duration budget) {
    try (Cutover cutover = cutover(how, CutoverProgress.NONE)) {
      return cutover.run(AttemptKind.REHEARSAL, budget);
    }
  }

  Attempt cutOver(CutoverConfig how) {
    try (Cutover cutover = cutover(how, CutoverProgress.NONE)) {
      return cutover.run(AttemptKind.CUTOVER, BUDGET);
    }
  }

  Optional<Attempt> abort(CutoverConfig how) {
    try (Cutover cutover = cutover(how, CutoverProgress.NONE)) {
      return cutover.abort();
    }
  }

  Optional<Attempt> resume(CutoverConfig how) {
    try (Cutover cutover = cutover(how, CutoverProgress.NONE)) {
      return cutover.resume();
    }
  }

  /** All attempts, the last one first. */
  List<Attempt> attempts() {
    try (Connection home = world.target()) {
      return CutoverStore.all(home, world.wave);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** What a fence could have changed on the source. */
  String surroundings() throws SQLException {
    return world.sourceText(SURROUNDINGS);
  }

  /** Whether somebody who is not Veer can write to a table there, now. */
  static boolean isWritable(Connection side, String table) throws SQLException {
    try {
      CrossingWorld.execute(side, "DELETE FROM " + table + " WHERE false");
      return true;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isIn("25006", "42501");
      return false;
    }
  }

  boolean isSourceWritable(String table) throws SQLException {
    try (Connection source = world.source()) {
      return isWritable(source, table);
    }
  }

  boolean isTargetWritable(String table) throws SQLException {
    try (Connection target = world.target()) {
      return isWritable(target, table);
    }
  }

  /** Until all that was committed on the active side is on the other. */
  void awaitEqual() throws SQLException {
    awaitFollowing();
    world.assertEqual();
  }

  VeerConfig config(CutoverConfig how) {
    return new VeerConfig(
        world.wave.migration(),
        database(world.sourceEndpoint()),
        database(world.targetEndpoint()),
        null,
        null,
        List.of(
            new WaveConfig(
                world.wave.wave(), new TablesConfig(List.of(new TablePattern("*")), List.of()))),
        new TuningConfig(
            2, 20_000, new Size(16 << 20), Duration.ofMillis(500), Duration.ofSeconds(1)),
        VerificationConfig.of(true, false),
        how,
        DashboardConfig.standard(),
        ObserveConfig.none(),
        AlertsConfig.standard(),
        data);
  }

  private static DatabaseConfig database(DatabaseEndpoint endpoint) {
    return new DatabaseConfig(
        endpoint.url(),
        endpoint.user(),
        endpoint.password(),
        TlsMode.PREFER,
        null,
        null,
        null,
        null,
        Map.of());
  }

  @Override
  public void close() throws SQLException {
    run.close();
    for (Leg leg : Legs.all(config(plain()), world.wave)) {
      drop(world.sourceText(slots(leg)), world.source());
      drop(world.targetText(slots(leg)), world.target());
    }
    world.close();
  }

  private static String slots(Leg leg) {
    return "SELECT slot_name FROM pg_replication_slots WHERE slot_name IN ('%s', '%s')"
            .formatted(leg.wave().slot(), leg.wave().echo().slot())
        + " AND database = current_database()";
  }

  private static void drop(String slots, Connection side) throws SQLException {
    try (side) {
      for (String slot : slots.lines().toList()) {
        CrossingWorld.await("the slot to be free", () -> isFree(side, slot));
        CrossingWorld.text(side, "SELECT pg_drop_replication_slot('" + slot + "')");
      }
    }
  }

  private static boolean isFree(Connection side, String slot) {
    try {
      return CrossingWorld.text(
              side,
              "SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots"
                  + " WHERE active AND slot_name = '"
                  + slot
                  + "'")
          .equals("0");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
