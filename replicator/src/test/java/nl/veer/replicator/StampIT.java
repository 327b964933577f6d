package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.sql.Statement;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The stamp alone lets a batch through or not, whatever the sessions that the target was asked to
 * end still do.
 */
class StampIT {
  private static SandboxPostgres server;
  private final PostgresTarget dialect = new PostgresTarget();
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
    world.onTarget("CREATE TABLE t (id int)");
  }

  @AfterEach
  void closeWorld() throws SQLException {
    world.close();
  }

  @Test
  void aBatchThatWasAppliedAlreadyIsRefusedWhole() throws Exception {
    StampStore stamps = takeOver();
    try (TargetSession session = session()) {
      Stamp before = stamps.claim(session);
      write(session);
      stamps.advance(session, before, transaction(7));
      session.commit();

      write(session);
      Failure failure = refused(stamps, session, before, 7);

      assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    }
    assertThat(rows()).isEqualTo("1");
  }

  @Test
  void aBatchOfAnEarlierEpochIsRefusedWhole() throws Exception {
    StampStore first = takeOver();
    try (TargetSession session = session()) {
      Stamp before = first.claim(session);
      session.commit();
      takeOver();

      write(session);
      Failure failure = refused(first, session, before, 1);

      assertThat(failure.code()).isEqualTo("TAKEN_OVER");
    }
    assertThat(rows()).isEqualTo("0");
  }

  private static Failure refused(StampStore stamps, TargetSession session, Stamp from, long to) {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> {
              stamps.advance(session, from, transaction(to));
              session.commit();
            });
    assertThat(failure).isNotNull();
    return failure;
  }

  private StampStore takeOver() {
    return StampStore.takeOver(dialect, world.targetConnections(), world.wave);
  }

  /** One that a take-over does not know of, so it is not ended. */
  private TargetSession session() {
    return dialect.open(world.targetConnections(), "out of reach");
  }

  private static void write(TargetSession session) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute("INSERT INTO t VALUES (1)");
    }
  }

  private static Stamp transaction(long number) {
    return new Stamp(number, LsnPosition.parse("0/" + number), "log", number, null);
  }

  private String rows() throws SQLException {
    return world.query(world.target(), "SELECT count(*) FROM t");
  }
}
