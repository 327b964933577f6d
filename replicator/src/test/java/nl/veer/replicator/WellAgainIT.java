package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.replicator.World.Running;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state says that something is in the way for as long as it is, however long work takes. */
class WellAgainIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PART = 100;

  private static final List<ReplicatorStatus.State> WELL =
      List.of(ReplicatorStatus.State.CATCHING_UP, ReplicatorStatus.State.REPLICATING);

  private static SandboxPostgres server;
  private World world;

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
  }

  @AfterEach
  void closeWorld() throws SQLException {
    world.close();
  }

  @Test
  void anOutageIsOverOnceAPartOfALargeTransactionIsWritten() throws Exception {
    BrokenLog broken = new BrokenLog();
    world.through(UnaryOperator.identity(), broken::around);
    Running running = replicateInParts();
    long before = running.replicator().status().events();

    broken.breakAt(1_500);
    world.onSource("INSERT INTO t SELECT n FROM generate_series(1, 3000) n");
    await().atMost(PATIENCE).until(() -> code(running).equals("KAFKA_UNAVAILABLE"));
    // A heartbeat may come in between, but no part of the transaction.
    assertThat(running.replicator().status().events()).isLessThan(before + PART);
    broken.mendUpTo(500);

    await().atMost(PATIENCE).until(() -> code(running).isEmpty());
    assertThat(running.replicator().status().state()).isIn(WELL);
    broken.mendUpTo(Integer.MAX_VALUE);
    world.awaitApplied(running);
    world.assertEqual();
  }

  @Test
  void anIncidentIsOverOnceALargeTransactionIsPastIt() throws Exception {
    BrokenLog broken = new BrokenLog();
    world.through(UnaryOperator.identity(), broken::around);
    Running running = replicateInParts();
    broken.mendUpTo(Integer.MAX_VALUE);
    world.onTarget("INSERT INTO t VALUES (1500)");

    world.onSource("INSERT INTO t SELECT n FROM generate_series(1, 3000) n");
    String incident = world.awaitIncident(running).code();
    broken.mendUpTo(1_000);
    long before = running.replicator().status().events();
    await().atMost(PATIENCE).until(() -> running.replicator().status().events() >= before + 900);
    assertThat(code(running)).isEqualTo(incident);
    world.onTarget("DELETE FROM t WHERE id = 1500");
    broken.mendUpTo(2_500);

    await().atMost(PATIENCE).until(() -> code(running).isEmpty());
    assertThat(running.replicator().status().state()).isIn(WELL);
    broken.mendUpTo(Integer.MAX_VALUE);
    world.awaitApplied(running);
    world.assertEqual();
  }

  private Running replicateInParts() throws SQLException {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.capture("TABLE t");
    world.batchRows(PART);
    Running running = world.start("t");
    world.awaitApplied(running);
    return running;
  }

  @Test
  void anOutageIsOverOnceALoadHasCopiedSomething() throws Exception {
    world.both("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY)");
    world.onSource("INSERT INTO a SELECT n FROM generate_series(1, 20000) n; ANALYZE a");
    world.onSource("INSERT INTO b VALUES (1)");
    // Small tables share a snapshot, and one that is locked keeps the others waiting.
    world.onSource("UPDATE pg_class SET relpages = 20000 WHERE relname = 'a'");
    world.capture("TABLE a, b");
    Connection lockOfA = locked("a");
    Connection lockOfB = locked("b");
    Running running = world.start("a", "b");
    try {
      await().atMost(PATIENCE).until(() -> endedSessionsThatWait() > 0);
      await().atMost(PATIENCE).until(() -> code(running).equals("CONNECTION_LOST"));
      lockOfA.rollback();

      await().atMost(PATIENCE).until(() -> code(running).isEmpty());
      assertThat(running.replicator().status().state()).isEqualTo(ReplicatorStatus.State.LOADING);
    } finally {
      lockOfA.close();
      lockOfB.close();
    }
    world.awaitApplied(running);
    world.assertEqual();
  }

  /** Rows of this table cannot be read from the source. */
  private Connection locked(String table) throws SQLException {
    Connection lock = world.anotherSource();
    lock.setAutoCommit(false);
    try (Statement statement = lock.createStatement()) {
      statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }
    return lock;
  }

  /** Both of the load's workers at once: an attempt is over when the last of them is. */
  private int endedSessionsThatWait() throws SQLException {
    return Integer.parseInt(
        world.query(
            world.source(),
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid, count(*) OVER () AS workers"
                + " FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type ="
                + " 'Lock' AND application_name LIKE '%load') AS w WHERE w.workers = 2"));
  }

  private static String code(Running running) {
    Failure failure = running.replicator().status().failure();
    return failure == null ? "" : failure.code();
  }

  /** A log that cannot be read beyond a place; its readers fail there, or wait. */
  private final class BrokenLog {
    private final AtomicLong end = new AtomicLong(Long.MAX_VALUE);
    private volatile long base;
    private volatile boolean breaks;

    /** It breaks at this record of what comes from now on, and then cannot be read at all. */
    void breakAt(long record) {
      base = world.log().size();
      breaks = true;
      end.set(base + record);
    }

    void mendUpTo(long record) {
      base = base == 0 ? world.log().size() : base;
      breaks = false;
      end.set(base + record);
    }

    LogReader around(LogReader reader) {
      return LogReader.class.cast(
          Proxy.newProxyInstance(
              LogReader.class.getClassLoader(),
              new Class<?>[] {LogReader.class},
              (self, method, arguments) -> {
                if (!method.getName().equals("poll")) {
                  return method.invoke(reader, arguments);
                }
                return readable(reader);
              }));
    }

    private List<LoggedEvent> readable(LogReader reader) {
      List<LoggedEvent> all = reader.poll(Duration.ofMillis(20));
      List<LoggedEvent> readable = all.stream().filter(one -> one.offset() < end.get()).toList();
      if (readable.size() < all.size()) {
        reader.seek(all.get(readable.size()).offset());
      }
      if (readable.isEmpty() && !all.isEmpty()) {
        if (breaks) {
          end.set(base);
          throw new Failure(FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", "Away.");
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      return readable;
    }
  }
}
