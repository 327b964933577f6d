package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogReader;
import nl.veer.replicator.World.Running;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One table of a wave is loaded anew; the others stay, and the handover is exact. */
class AgainIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static SandboxPostgres server;
  private World world;
  private WaveRecords records;

  @BeforeAll
  static void startServer() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void createWorld() throws SQLException {
    world = new World(server);
    records = new WaveRecords(new PostgresTarget(), world.targetConnections());
    world.both(
        "CREATE TABLE a (id int PRIMARY KEY, n int); CREATE TABLE b (id int PRIMARY KEY, n int)");
    world.onSource(
        "INSERT INTO a SELECT i, 0 FROM generate_series(1, 3000) i;"
            + " INSERT INTO b SELECT i, 0 FROM generate_series(1, 3000) i");
    world.capture("TABLE a, b");
  }

  @AfterEach
  void closeWorld() throws SQLException {
    world.close();
  }

  @Test
  void theHandoverIsExactWhileBothTablesAreHot() throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    Thread writer = new Thread(() -> writeOn(writing));
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    String other = loadOf("b");
    writer.start();
    world.onTarget("DELETE FROM a WHERE id % 3 = 0; UPDATE a SET n = -1 WHERE id % 7 = 0");

    assertThat(again("a")).containsExactly(id("a"));

    awaitLoaded(running);
    writing.set(false);
    writer.join();
    world.awaitApplied(running);
    await().atMost(PATIENCE).until(() -> state(running) == ReplicatorStatus.State.REPLICATING);
    world.assertEqual();
    assertThat(loadOf("b")).isEqualTo(other);
  }

  @Test
  void whatIsOpenOnTheSourceWhileTheTableIsReadComesThroughTheLog() throws Exception {
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    try (Connection other = world.anotherSource();
        Statement write = other.createStatement()) {
      other.setAutoCommit(false);
      write.execute("INSERT INTO a VALUES (9001, 1); INSERT INTO b VALUES (9001, 1)");
      world.onSource("UPDATE a SET n = 1 WHERE id = 1; UPDATE b SET n = 1 WHERE id = 1");
      again("a");
      awaitLoaded(running);
      assertThat(world.query(world.target(), "SELECT count(*) FROM a WHERE id = 9001"))
          .isEqualTo("0");
      other.commit();
    }
    world.awaitApplied(running);
    world.assertEqual();
  }

  @Test
  void anIncidentOfADamagedTableIsOverOnceItIsLoadedAnew() throws Exception {
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    world.onTarget("DELETE FROM a WHERE id = 5");
    world.onSource("UPDATE a SET n = 5 WHERE id = 5; UPDATE b SET n = 5 WHERE id = 5");
    assertThat(world.awaitIncident(running).code()).isEqualTo("ROW_COUNT");

    again("a");

    world.awaitMended(running);
    world.assertEqual();
  }

  @Test
  void whatOthersReferToIsEmptiedAllTheSame() throws Exception {
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    world.onTarget("CREATE SCHEMA x; CREATE TABLE x.r (id int REFERENCES a)");
    world.onTarget("INSERT INTO x.r VALUES (1)");
    world.onTarget("ALTER TABLE b ADD FOREIGN KEY (id) REFERENCES a");
    world.onTarget("DELETE FROM a WHERE id > 2000 AND id NOT IN (SELECT id FROM b)");
    world.onTarget("INSERT INTO a VALUES (8000, 8)");

    again("a");

    awaitLoaded(running);
    world.awaitApplied(running);
    world.assertEqual();
    assertThat(world.query(world.target(), "SELECT count(*) FROM x.r")).isEqualTo("1");
  }

  @Test
  void aReaderWhoStaysIsSaidAndNeitherEndedNorWaitedForInSilence() throws Exception {
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    world.onTarget("DELETE FROM a WHERE id < 9");
    world.target().setAutoCommit(false);
    try {
      assertThat(world.query(world.target(), "SELECT count(*) FROM a")).isEqualTo("2992");

      again("a");

      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                Failure now = running.replicator().status().failure();
                return now != null && now.code().equals("LOCKED");
              });
      assertThat(world.query(world.target(), "SELECT count(*) FROM a"))
          .as("the reader was left alone")
          .isEqualTo("2992");
      world.target().commit();
    } finally {
      world.target().setAutoCommit(true);
    }
    awaitLoaded(running);
    world.awaitMended(running);
    world.assertEqual();
  }

  @Test
  void whatIsAskedForWhileNothingRunsIsDoneBeforeAnythingIsApplied() throws Exception {
    Running first = world.start("a", "b");
    world.awaitApplied(first);
    world.stop(first);
    world.onTarget("TRUNCATE a");
    world.onSource("UPDATE a SET n = 3 WHERE id < 9; UPDATE b SET n = 3 WHERE id < 9");

    again("a");
    Running second = world.start("a", "b");

    world.awaitApplied(second);
    world.assertEqual();
  }

  /** It was in the log as soon as it was written, and no snapshot shows it before the standby. */
  @Test
  void whatTheTargetHasButTheSourceDoesNotShowYetIsWaitedFor() throws Exception {
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    try (Connection waiting = world.anotherSource();
        Statement write = waiting.createStatement()) {
      for (Connection connection : List.of(world.source(), world.target())) {
        world.query(connection, "SELECT set_config('synchronous_commit', 'local', false)");
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "ALTER DATABASE "
                  + world.query(connection, "SELECT current_database()")
                  + " SET synchronous_commit = local");
        }
      }
      write.execute("SET synchronous_commit = on");
      // Veer's session was opened before and would wait with its commits, too.
      world.stop(running);
      running = world.start("a", "b");
      world.onSource("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
      world.onSource("SELECT pg_reload_conf()");
      await().until(() -> world.query(waiting, "SHOW synchronous_standby_names").equals("nobody"));
      Thread committing = new Thread(() -> insert(write));
      committing.start();
      try {
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    world
                        .query(world.target(), "SELECT count(*) FROM a WHERE id = 7001")
                        .equals("1"));
        assertThat(world.query(world.source(), "SELECT count(*) FROM a WHERE id = 7001"))
            .isEqualTo("0");

        again("a");

        Running reloading = running;
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  Failure now = reloading.replicator().status().failure();
                  return now != null && now.code().equals("COMMITS_WAIT");
                });
        assertThat(world.query(world.target(), "SELECT count(*) FROM a WHERE id = 7001"))
            .as("emptied only once the source shows it")
            .isEqualTo("1");
      } finally {
        world.onSource("ALTER SYSTEM RESET synchronous_standby_names");
        world.onSource("SELECT pg_reload_conf()");
        committing.join();
      }
      awaitLoaded(running);
      world.awaitApplied(running);
      world.assertEqual();
    }
  }

  @Test
  void untilItsBoundaryIsPassedTheWaveIsCatchingUp() throws Exception {
    AtomicBoolean silent = new AtomicBoolean();
    world.through(UnaryOperator.identity(), reader -> whileNot(silent, reader));
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    // Behind the first load's boundaries.
    world.awaitApplied(running);
    await().atMost(PATIENCE).until(() -> state(running) == ReplicatorStatus.State.REPLICATING);
    silent.set(true);
    world.onSource("UPDATE a SET n = 9 WHERE id = 9; UPDATE b SET n = 9 WHERE id = 9");

    again("a");

    awaitLoaded(running);
    await().atMost(PATIENCE).until(() -> state(running) == ReplicatorStatus.State.CATCHING_UP);
    silent.set(false);
    world.awaitApplied(running);
    await().atMost(PATIENCE).until(() -> state(running) == ReplicatorStatus.State.REPLICATING);
    world.assertEqual();
  }

  @Test
  void theDefinitionOfAnotherTableIsNotInItsWay() throws Exception {
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    world.onSource("ALTER TABLE b ALTER n TYPE bigint");
    world.onSource("ALTER TABLE a ADD extra text DEFAULT 'more'");
    world.onTarget("ALTER TABLE a ADD extra text");

    again("a");

    awaitLoaded(running);
    world.onTarget("ALTER TABLE b ALTER n TYPE bigint");
    world.onSource("UPDATE a SET extra = 'new' WHERE id = 3; UPDATE b SET n = 3 WHERE id = 3");
    world.awaitApplied(running);
    world.assertEqual();
  }

  @Test
  void isAskedForOnceAndOnlyOfWhatIsWhole() throws Exception {
    Running running = world.start("a", "b");
    world.awaitApplied(running);
    world.stop(running);

    assertThat(again("a", "b")).containsExactly(id("a"), id("b"));
    assertThat(again("a")).as("asked for already").isEmpty();
    assertThat(world.query(world.target(), "SELECT count(log_horizon) FROM veer.load"))
        .as("what matters of the log begins at the stamp")
        .isEqualTo("0");
    world.onTarget("UPDATE veer.load SET state = 'RUNNING' WHERE table_name = 'b'");
    assertThat(again("b")).as("being loaded").isEmpty();

    world.onTarget("UPDATE veer.stamp SET transaction_number = transaction_number + 1");
    assertThatThrownBy(() -> again("a"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("STAMP_CHANGED"));
  }

  private static ReplicatorStatus.State state(Running running) {
    return running.replicator().status().state();
  }

  /** A log in which nothing comes while that is so. */
  private static LogReader whileNot(AtomicBoolean silent, LogReader reader) {
    return LogReader.class.cast(
        Proxy.newProxyInstance(
            LogReader.class.getClassLoader(),
            new Class<?>[] {LogReader.class},
            (self, method, arguments) -> {
              if (method.getName().equals("poll") && silent.get()) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                return List.of();
              }
              return method.invoke(reader, arguments);
            }));
  }

  private List<TableId> again(String... tables) {
    return records.askAgain(world.wave, java.util.Arrays.stream(tables).map(AgainIT::id).toList());
  }

  private static TableId id(String table) {
    return new TableId("public", table);
  }

  private void awaitLoaded(Running running) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(running.end()).isNotDone();
              return world
                  .query(world.target(), "SELECT bool_and(state = 'COMPLETE') FROM veer.load")
                  .equals("t");
            });
  }

  private String loadOf(String table) throws SQLException {
    return world.query(
        world.target(),
        "SELECT row(state, boundary, started_at, completed_at, row_count) FROM veer.load"
            + " WHERE table_name = '"
            + table
            + "'");
  }

  /** Of both tables in each transaction: new rows, changed ones, removed ones, moved keys. */
  private void writeOn(AtomicBoolean writing) {
    try (Connection connection = world.anotherSource();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 10_000; writing.get(); i++) {
        for (String table : List.of("a", "b")) {
          statement.execute("INSERT INTO %s VALUES (%d, 1)".formatted(table, i));
          statement.execute(
              "UPDATE %s SET n = n + 1 WHERE id %% 500 = %d".formatted(table, i % 500));
          statement.execute(
              "UPDATE %s SET id = %d WHERE id = %d".formatted(table, 100_000 + i, i - 10));
          statement.execute("DELETE FROM %s WHERE id = %d".formatted(table, i - 20 + 100_000));
        }
        connection.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insert(Statement write) {
    try {
      write.execute("INSERT INTO a VALUES (7001, 7)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
