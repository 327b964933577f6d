package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Leases of sessions of one real server; each test has names of its own. */
class PostgresLeaseIT {
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
  void oneHoldsItAndTheNextOneGetsItWhenTheSessionEnds() throws Exception {
    List<String> names = List.of("one");
    PostgresLease first = open(names);
    try (first;
        PostgresLease second = open(names)) {
      assertThat(first.holder()).isEmpty();
      assertThat(first.take()).isTrue();

      assertThat(second.take()).isFalse();
      assertThat(second.holder()).contains(first.self());

      first.close();
      await().until(() -> second.holder().isEmpty());
      assertThat(second.take()).isTrue();
      assertThat(second.holder()).contains(second.self());
    }
  }

  @Test
  void takesAllNamesOrNone() throws Exception {
    try (PostgresLease of = open(List.of("b"));
        PostgresLease more = open(List.of("c", "b", "a"));
        PostgresLease rest = open(List.of("a", "c"))) {
      assertThat(of.take()).isTrue();

      assertThat(more.take()).isFalse();

      assertThat(rest.take()).isTrue();
    }
  }

  @Test
  void whoSaysNothingLosesItAndWhoRenewsKeepsIt() throws Exception {
    List<String> names = List.of("silent");
    try (PostgresLease silent = open(names);
        PostgresLease kept = open(List.of("kept"));
        PostgresLease next = open(names)) {
      assertThat(silent.take()).isTrue();
      assertThat(kept.take()).isTrue();
      long begin = System.nanoTime();

      await()
          .pollInterval(Duration.ofMillis(200))
          .atMost(PostgresLease.SILENCE.plusSeconds(5))
          .until(
              () -> {
                kept.renew();
                return next.holder().isEmpty();
              });

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(PostgresLease.SILENCE.minusMillis(500), PostgresLease.SILENCE.plusSeconds(3));
      assertThat(next.take()).isTrue();
      assertThatThrownBy(silent::renew).isInstanceOf(SQLException.class);
      kept.renew();
    }
  }

  @Test
  void whoWaitsIsSeenUntilItIsItsTurn() throws Exception {
    String name = "awaited";
    try (PostgresLease first = open(List.of(name));
        PostgresLease second = open(List.of(name));
        Connection looking = server.connect("postgres")) {
      assertThat(PostgresLease.isWanted(looking, List.of(name))).isFalse();
      second.await();
      second.await();
      assertThat(PostgresLease.waitingFor(looking, name)).containsExactly(second.self());
      assertThat(PostgresLease.isWanted(looking, List.of("another", name))).isTrue();
      assertThat(first.take()).isTrue();
      second.end(first.self());

      await().until(() -> second.take());

      assertThat(PostgresLease.waitingFor(looking, name)).isEmpty();
      assertThat(PostgresLease.isWanted(looking, List.of(name))).isTrue();
    }
  }

  private static PostgresLease open(List<String> names) throws SQLException {
    return PostgresLease.open(server.connect("postgres"), names);
  }
}
