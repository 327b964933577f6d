package nl.veer.replicator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.UnaryOperator;
import nl.veer.replicator.World;
import nl.veer.replicator.World.Running;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The connection is cut while the server works at a COMMIT. The server does not notice: it commits
 * later, unless somebody ends it. A trigger that rests until the transaction's end, and then waits
 * for a lock of the test's, keeps it there.
 */
class CommitUnderWayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String AT_COMMIT =
      " FROM pg_stat_activity WHERE wait_event = 'advisory' AND query = 'COMMIT'"
          + " AND datname = current_database()";

  private static SandboxPostgres server;
  private World world;
  private SabotagedDriver driver;
  private Connection lock;

  @BeforeAll
  static void startServer() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void begin() throws SQLException {
    world = new World(server);
    driver = new SabotagedDriver("cut", new Saboteur());
    lock = world.targetConnections().open("lock");
    world.through(driver::through, UnaryOperator.identity());
  }

  @AfterEach
  void end() throws SQLException {
    lock.close();
    world.close();
    driver.close();
  }

  @Test
  void aCommitThatComesThroughAfterItsConnectionWasCutIsNotDoneAgain() throws Exception {
    Running running = replicated();
    String session = cutAtCommit();

    unlock();

    world.awaitApplied(running);
    assertThat(gone(session)).isTrue();
    world.assertEqual();
  }

  @Test
  void aCommitThatIsEndedByTheNextSessionIsDoneAgain() throws Exception {
    Running running = replicated();
    String session = cutAtCommit();

    await().atMost(PATIENCE).until(() -> gone(session));
    unlock();

    world.awaitApplied(running);
    world.assertEqual();
  }

  private Running replicated() throws SQLException {
    world.both("CREATE TABLE keyless (n int); ALTER TABLE keyless REPLICA IDENTITY FULL");
    world.onTarget(
        """
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON keyless DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION wait();
        ALTER TABLE keyless ENABLE ALWAYS TRIGGER wait;
        """);
    world.capture("TABLE keyless");
    Running running = world.start("keyless");
    world.awaitApplied(running);
    return running;
  }

  /** Answers the server's number of the session whose connection was cut. */
  private String cutAtCommit() throws Exception {
    locking("SELECT pg_advisory_lock(42)");
    world.onSource("INSERT INTO keyless VALUES (7), (7)");
    await()
        .atMost(PATIENCE)
        .until(() -> world.query(world.target(), "SELECT count(*)" + AT_COMMIT).equals("1"));
    String session = world.query(world.target(), "SELECT pid" + AT_COMMIT);
    driver.cutAll();
    return session;
  }

  private void unlock() throws SQLException {
    locking("SELECT pg_advisory_unlock(42)");
  }

  private void locking(String sql) throws SQLException {
    try (Statement statement = lock.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean gone(String session) throws SQLException {
    return world
        .query(world.target(), "SELECT count(*) FROM pg_stat_activity WHERE pid = " + session)
        .equals("0");
  }
}
