package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.status.WaveState;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.Test;

/** Rights that are taken away from Veer, and given back. */
class RevokedRightsIT {
  private static final String PASSWORD = "of-the-test";

  @Test
  @AtOnce
  void rightsTakenOnTheTargetAreAnIncidentUntilTheyAreBack() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      String role = role(world);
      Crossing crossing = begin(world);
      crossing.awaitReplicating();
      world.onSource("INSERT INTO t VALUES (1, 'a')");
      crossing.awaitEqual();

      world.onTarget("REVOKE INSERT ON t FROM " + role);
      world.onSource("INSERT INTO t VALUES (2, 'b')", "INSERT INTO trail VALUES ('after it')");
      assertThat(crossing.awaitIncident("ACCESS").getMessage()).contains("permission denied", "t");
      assertThat(world.targetText("SELECT count(*) FROM trail")).isEqualTo("0");
      world.onTarget("GRANT INSERT ON t TO " + role);
      crossing.awaitEqual();

      world.onTarget(
          "REVOKE UPDATE ON veer.stamp FROM " + role, "REVOKE USAGE ON SCHEMA veer FROM " + role);
      world.onSource("INSERT INTO t VALUES (3, 'c')");
      crossing.awaitIncident("ACCESS");
      world.onTarget(
          "GRANT UPDATE ON veer.stamp TO " + role, "GRANT USAGE ON SCHEMA veer TO " + role);
      crossing.awaitEqual();
      assertThat(crossing.replicator().failure()).isNull();
    }
  }

  @Test
  @AtOnce
  void rightsTakenOnTheSourceAreAnIncidentUntilTheyAreBack() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      String role = role(world);
      Crossing crossing = begin(world);
      crossing.awaitReplicating();
      world.onSource("REVOKE SELECT ON t FROM " + role, "INSERT INTO t VALUES (1, 'a')");
      crossing.awaitEqual();

      world.onSource("ALTER ROLE " + role + " NOREPLICATION");
      requireCaptureIncident(world, crossing, role);
      world.onSource("INSERT INTO t VALUES (2, 'b')", "ALTER ROLE " + role + " REPLICATION");
      crossing.awaitEqual();

      String database = world.wave.wave();
      world.onSource("REVOKE CONNECT ON DATABASE " + database + " FROM public");
      requireCaptureIncident(world, crossing, role);
      world.onSource(
          "DELETE FROM t WHERE id = 1", "GRANT CONNECT ON DATABASE " + database + " TO public");
      crossing.awaitEqual();
    }
  }

  @Test
  @AtOnce
  void aRightThatWasNeverThereEndsTheRunAtOnce() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      String role = role(world);
      world.onTarget("REVOKE CREATE ON DATABASE " + world.wave.wave() + " FROM " + role);

      Failure failure = begin(world).awaitFailure();

      assertThat(failure.code()).isEqualTo("ACCESS");
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("veer check");
    }
  }

  /** No grant brings that back: the process has read its password when it started. */
  @Test
  @AtOnce
  void aLoginThatTheTargetRefusesUnderWayEndsTheRun() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      String role = role(world);
      Crossing crossing = begin(world);
      crossing.awaitReplicating();
      world.onSource("INSERT INTO t VALUES (1, 'a')");
      crossing.awaitEqual();

      world.onTarget(
          "ALTER ROLE " + role + " NOLOGIN",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");

      Failure failure = crossing.awaitFailure();
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure.code()).isEqualTo("LOGIN_REFUSED");
    }
  }

  private static void requireCaptureIncident(CrossingWorld world, Crossing crossing, String role)
      throws SQLException {
    world.onSource(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
    crossing.await(
        "the capture to be refused",
        () -> {
          Failure failure = crossing.capture().failure();
          return failure != null && failure.code().equals("ACCESS");
        });
    assertThat(Objects.requireNonNull(crossing.capture().failure()).kind())
        .isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(crossing.capture().state()).isEqualTo(CaptureStatus.State.INCIDENT);
    assertThat(crossing.status().state()).isEqualTo(WaveState.INCIDENT);
  }

  /**
   * A role on both sides with what the operator's guide says. One at a time: rights to a parameter
   * are the whole server's, and PostgreSQL does not bear two that grant the same one at once.
   */
  private static synchronized String role(CrossingWorld world) throws SQLException {
    String role = "veer_" + world.wave.wave();
    String database = world.wave.wave();
    world.onSource(
        "CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD '" + PASSWORD + "'",
        "GRANT CREATE ON DATABASE " + database + " TO " + role,
        "ALTER TABLE t OWNER TO " + role,
        "ALTER TABLE trail OWNER TO " + role);
    world.onTarget(
        "CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'",
        "GRANT CREATE ON DATABASE " + database + " TO " + role,
        "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO " + role,
        "GRANT SET ON PARAMETER session_replication_role TO " + role);
    return role;
  }

  private static Crossing begin(CrossingWorld world) throws SQLException {
    Migration all = world.migration();
    Migration ours =
        new Migration(
            new SourceConnections(as(world, CrossingWorld.sandbox().source())),
            new TargetConnections(as(world, CrossingWorld.sandbox().target())),
            all.waves(),
            all.tuning());
    return world.begin(
        Role.RUN,
        ours,
        OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry()));
  }

  private static DatabaseEndpoint as(CrossingWorld world, SandboxPostgres server) {
    return new DatabaseEndpoint(
        server.jdbcUrl(world.wave.wave()),
        "veer_" + world.wave.wave(),
        new Secret(PASSWORD),
        Map.of());
  }
}
