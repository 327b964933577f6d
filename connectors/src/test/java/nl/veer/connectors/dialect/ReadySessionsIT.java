package nl.veer.connectors.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions that are there before they are wanted. */
class ReadySessionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String READY =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'veer: ready'";

  private static SandboxPostgres server;

  @BeforeAll
  static void startServer() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void eachIsGivenOutOnceUnderTheNameAndTheLimitsThatAreAskedFor() throws SQLException {
    try (ReadySessions ready = new ReadySessions(endpoint())) {
      SourceConnections source = new SourceConnections(endpoint()).drawingOn(ready);
      ready.open(2);
      await().atMost(PATIENCE).until(() -> number(READY) == 2);

      try (Connection bounded = source.openBounded("it's \"mine\"", Duration.ofSeconds(10));
          Connection unlimited = source.asTarget().open("all day")) {
        assertThat(number(READY)).isZero();
        assertThat(text(bounded, "SHOW application_name")).isEqualTo("veer: it's \"mine\"");
        assertThat(text(bounded, "SHOW statement_timeout")).isEqualTo("5s");
        assertThat(bounded.getNetworkTimeout()).isEqualTo(10_000);
        assertThat(text(unlimited, "SHOW application_name")).isEqualTo("veer: all day");
        assertThat(unlimited.getNetworkTimeout()).isZero();
        try (Connection third = source.open("late")) {
          assertThat(text(third, "SHOW application_name")).isEqualTo("veer: late");
        }
      }
    }
  }

  @Test
  void whatTheServerHasEndedMeanwhileIsOpenedAnew() throws SQLException {
    try (ReadySessions ready = new ReadySessions(endpoint())) {
      ready.open(1);
      await().atMost(PATIENCE).until(() -> number(READY) == 1);
      number(
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
              + " WHERE application_name = 'veer: ready'");
      await().atMost(PATIENCE).until(() -> number(READY) == 0);

      try (Connection open = new TargetConnections(endpoint()).drawingOn(ready).open("anew")) {
        assertThat(text(open, "SHOW application_name")).isEqualTo("veer: anew");
      }
    }
  }

  @Test
  void aSessionThatCanBeAbortedCanBeSoWhereverItCameFrom() throws SQLException {
    try (ReadySessions ready = new ReadySessions(endpoint())) {
      TargetConnections target = new TargetConnections(endpoint()).drawingOn(ready);
      ready.open(1);
      await().atMost(PATIENCE).until(() -> number(READY) == 1);

      try (Connection open = target.open("work")) {
        target.abort();

        assertThatThrownBy(() -> text(open, "SELECT 1")).isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void thoseThatNobodyTookEndWithIt() throws SQLException {
    try (ReadySessions ready = new ReadySessions(endpoint())) {
      ready.open(2);
      await().atMost(PATIENCE).until(() -> number(READY) == 2);
    }

    await().atMost(PATIENCE).until(() -> number(READY) == 0);
  }

  @Test
  void thoseOfAnotherServerAreRefused() {
    try (ReadySessions ready = new ReadySessions(endpoint())) {
      DatabaseEndpoint other =
          new DatabaseEndpoint(
              "jdbc:postgresql://127.0.0.1:1/postgres", "x", new Secret("x"), Map.of());

      assertThatThrownBy(() -> new TargetConnections(other).drawingOn(ready))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = server.connect("postgres")) {
      return Long.parseLong(text(connection, query));
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static DatabaseEndpoint endpoint() {
    return new DatabaseEndpoint(
        server.jdbcUrl("postgres"), server.user(), new Secret(server.password()), Map.of());
  }
}
