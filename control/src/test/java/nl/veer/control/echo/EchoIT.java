package nl.veer.control.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.status.EchoStatus;
import nl.veer.control.status.WaveState;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRemoval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The echo of a crossing: made before the first batch, whole, and never in the way. */
class EchoIT {
  private static final String[] TABLES = {
    "CREATE TABLE orders (id int PRIMARY KEY, note text)",
    "CREATE TABLE trail (note text)",
    "CREATE TABLE coded (code text NOT NULL UNIQUE, note text)",
    "CREATE TABLE days (day int, note text) PARTITION BY RANGE (day)",
    "CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (0) TO (10)"
  };

  /** What only the source has: the target's identities are Veer's business. */
  private static final String[] IDENTITIES = {
    "ALTER TABLE trail REPLICA IDENTITY FULL",
    "ALTER TABLE coded REPLICA IDENTITY USING INDEX coded_code_key",
    "ALTER TABLE days REPLICA IDENTITY FULL",
    "ALTER TABLE days_1 REPLICA IDENTITY FULL",
  };

  private static final String[] ROWS = {
    "INSERT INTO orders SELECT i, 'o' FROM generate_series(1, 50) i",
    "INSERT INTO trail VALUES ('a'), ('a'), ('b')",
    "INSERT INTO coded VALUES ('x', '1'), ('y', '2')",
    "INSERT INTO days VALUES (1, 'mon'), (2, 'tue')"
  };

  private static final String[] CHANGES = {
    "UPDATE orders SET note = 'n' WHERE id < 10",
    "DELETE FROM orders WHERE id > 40",
    "UPDATE trail SET note = 'c' WHERE note = 'b'",
    "DELETE FROM trail WHERE note = 'a'",
    "UPDATE coded SET note = '3' WHERE code = 'x'",
    "DELETE FROM coded WHERE code = 'y'",
    "UPDATE days SET note = 'wed' WHERE day = 2",
    "DELETE FROM days WHERE day = 1"
  };

  @TempDir private Path directory;

  @Test
  @AtOnce
  void theEchoHoldsEveryTransactionOfTheTargetFromBeforeTheFirstBatch() throws Exception {
    try (CrossingWorld world = world()) {
      Crossing crossing = begin(world);
      crossing.awaitReplicating();
      world.onSource(CHANGES);
      crossing.awaitEqual();
      awaitEcho(world, crossing);

      requireWhole(world);
      EchoTopic echo = EchoTopic.of(world, log());
      assertThat(echo.changesOf("orders")).as("all but the load").isEqualTo(9 + 10);
      assertThat(echo.changesOf("trail")).isEqualTo(3);
      assertThat(echo.changesOf("coded")).isEqualTo(2);
      assertThat(echo.changesOf("days")).isEqualTo(2);
    }
  }

  @Test
  @AtOnce
  void aPartitionThatComesLaterIsMadeFitForTheEchoByItself() throws Exception {
    try (CrossingWorld world = world()) {
      Crossing crossing = begin(world);
      crossing.awaitReplicating();
      String add = "CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM (10) TO (20)";
      world.onBoth(add);
      world.onSource("ALTER TABLE days_2 REPLICA IDENTITY FULL");
      world.onSource("INSERT INTO days VALUES (12, 'fri')", "DELETE FROM days WHERE day = 12");

      crossing.awaitEqual();

      awaitEcho(world, crossing);
      requireWhole(world);
    }
  }

  @Test
  @AtOnce
  void aKillBetweenLoadAndFirstBatchLosesNothingOfTheEcho() throws Exception {
    try (CrossingWorld world = world();
        RoleHome home =
            RoleHome.of(
                world, directory, "tuning: {heartbeat: 200ms}\nverification: {ledger: true}\n")) {
      Shore shore = new Shore(world);
      RoleProcess capture = home.start(Role.CAPTURE);
      RoleProcess replicator;
      try (Connection obstacle = world.target()) {
        obstacle.setAutoCommit(false);
        // A slot waits for every transaction that is under way when it is made.
        CrossingWorld.execute(obstacle, "SELECT pg_current_xact_id()");
        replicator = home.start(Role.REPLICATE);
        String making =
            "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '"
                + world.wave.echo().slot()
                + "'";
        shore.await("the slot in the making", () -> is(world, making, "1"), capture, replicator);
        assertThat(shore.loaded()).isTrue();
        world.onSource(CHANGES);
        replicator.kill9();
        replicator = home.start(Role.REPLICATE);
        RoleProcess waiting = replicator;
        shore.await(
            "the next replicator at the slot",
            () -> waiting.output().contains("SLOT_IN_USE"),
            capture,
            replicator);
        assertThat(shore.applied()).isEmpty();
        obstacle.rollback();
      }
      RoleProcess verifier = home.start(Role.VERIFY);
      shore.awaitEqual(capture, replicator, verifier);

      LsnPosition behind = target(world);
      shore.await(
          "the echo of all this",
          () -> confirmed(world).isAfter(behind),
          capture,
          replicator,
          verifier);
      requireWhole(world);
      assertThat(verifier.end()).isZero();
      assertThat(replicator.end()).isZero();
      assertThat(capture.end()).isZero();
    }
  }

  @Test
  @AtOnce
  void anEchoThatIsLostLeavesTheCrossingAliveAndCanBeMadeAnew() throws Exception {
    try (CrossingWorld world = world()) {
      Crossing crossing = begin(world);
      crossing.awaitReplicating();
      awaitEcho(world, crossing);
      loseSlot(world);
      crossing.await("the echo's end", () -> echo(crossing).state() == WaveState.FAILED);
      assertThat(echo(crossing).failure()).contains("SLOT_LOST", "veer verify --again");

      world.onSource(CHANGES);
      crossing.awaitEqual();
      assertThat(crossing.status().state()).isEqualTo(WaveState.REPLICATING);
      crossing.close();

      Crossing without = begin(world);
      world.onSource("INSERT INTO orders VALUES (100, 'late')");
      without.awaitEqual();
      without.await("the echo's end", () -> echo(without).state() == WaveState.FAILED);
      without.close();

      new WaveRemoval(world.migration().source(), world.migration().target(), log().kafka())
          .echoAgain(world.wave);
      Crossing again = begin(world);
      awaitEcho(world, again);
      world.onSource("INSERT INTO orders VALUES (101, 'later')");
      again.awaitEqual();
      awaitEcho(world, again);
      TopicAudit.ofEcho(world);
      EchoTopic echo = EchoTopic.of(world, log());
      assertThat(echo.stamps(world).get(0)).as("begins later, and says so").isPositive();
      assertThat(echo.changesOf("orders")).isEqualTo(1);
    }
  }

  private static CrossingWorld world() throws SQLException {
    CrossingWorld world = CrossingWorld.with(TABLES);
    world.onSource(IDENTITIES);
    world.onSource(ROWS);
    return world;
  }

  private static OpenLog log() {
    return OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());
  }

  private Crossing begin(CrossingWorld world) throws SQLException {
    Migration without = world.migration();
    return world.begin(
        Role.RUN,
        new Migration(
            without.source(),
            without.target(),
            without.waves(),
            without.tuning(),
            VerificationConfig.of(true, false),
            directory),
        log());
  }

  private static EchoStatus echo(Crossing crossing) {
    EchoStatus echo = crossing.status().echo();
    assertThat(echo).isNotNull();
    return echo;
  }

  /** Until the echo holds all that the target has committed before this call. */
  private static void awaitEcho(CrossingWorld world, Crossing crossing) throws SQLException {
    LsnPosition behind = target(world);
    crossing.await(
        "the echo of all this",
        () -> {
          String position = echo(crossing).position();
          return position != null && LsnPosition.parse(position).isAfter(behind);
        });
  }

  private static LsnPosition target(CrossingWorld world) throws SQLException {
    return LsnPosition.parse(world.targetText("SELECT pg_current_wal_insert_lsn()"));
  }

  /** Numbered without a gap; and the stamps go from nothing to now, each behind the one before. */
  private static void requireWhole(CrossingWorld world) throws Exception {
    assertThat(TopicAudit.ofEcho(world).transactions()).isPositive();
    EchoTopic echo = EchoTopic.of(world, log());
    List<Long> stamps = echo.stamps(world);
    assertThat(stamps.get(0)).isZero();
    assertThat(stamps).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(1);
    assertThat(echo.firstStamp()).isLessThan(echo.firstOfTheTables());
  }

  private static void loseSlot(CrossingWorld world) {
    String slot = world.wave.echo().slot();
    CrossingWorld.await(
        "the slot to be dropped",
        () -> {
          try {
            world.onTarget(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                    + " WHERE slot_name = '%s' AND active".formatted(slot),
                "SELECT pg_drop_replication_slot('%s')".formatted(slot));
            return true;
          } catch (SQLException e) {
            return false;
          }
        });
  }

  private static boolean is(CrossingWorld world, String query, String expected) {
    try {
      return world.targetText(query).equals(expected);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static LsnPosition confirmed(CrossingWorld world) {
    try {
      return LsnPosition.parse(
          world.targetText(
              "SELECT coalesce(max(confirmed_flush_lsn), '0/0') FROM pg_replication_slots"
                  + " WHERE slot_name = '%s'".formatted(world.wave.echo().slot())));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
