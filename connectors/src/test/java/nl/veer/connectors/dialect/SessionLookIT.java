package nl.veer.connectors.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import nl.veer.connectors.dialect.SessionLook.Verdict;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.postgres.StopMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a look says of a session, whichever server it comes to. */
class SessionLookIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static SandboxPostgres server;
  private static SandboxPostgres other;

  @BeforeAll
  static void startServers() {
    server = SandboxPostgres.startTemporary();
    other = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stopServers() {
    server.close();
    other.close();
  }

  @Test
  void anotherServersWordIsWorthNothing() throws Exception {
    try (Connection session = server.connect("postgres")) {
      Backend backend = Backend.of(session);

      assertThat(SessionLook.at(endpoint(other), backend)).isEqualTo(Verdict.UNKNOWN);
    }
  }

  @Test
  void aSessionWithAStatementInHandIsAtWorkAndOneWithoutIsLost() throws Exception {
    try (Connection session = server.connect("postgres");
        Connection lock = server.connect("postgres");
        Statement locking = lock.createStatement();
        Statement waiting = session.createStatement()) {
      Backend backend = Backend.of(session);
      assertThat(SessionLook.at(endpoint(server), backend)).isEqualTo(Verdict.LOST);

      locking.execute("SELECT pg_advisory_lock(1)");
      CompletableFuture<Boolean> work =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return waiting.execute("SELECT pg_advisory_lock(1)");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });

      await()
          .atMost(PATIENCE)
          .until(() -> SessionLook.at(endpoint(server), backend) == Verdict.AT_WORK);
      locking.execute("SELECT pg_advisory_unlock(1)");
      assertThat(work.get()).isTrue();
    }
  }

  @Test
  void aServerThatWasStartedAnewHasTheSessionNoMore() throws Exception {
    Backend backend;
    try (Connection session = server.connect("postgres")) {
      backend = Backend.of(session);
    }

    server.restart(StopMode.FAST);

    assertThat(SessionLook.at(endpoint(server), backend)).isEqualTo(Verdict.LOST);
  }

  private static DatabaseEndpoint endpoint(SandboxPostgres one) {
    return new DatabaseEndpoint(
        one.jdbcUrl("postgres"), one.user(), new Secret(one.password()), Map.of());
  }
}
