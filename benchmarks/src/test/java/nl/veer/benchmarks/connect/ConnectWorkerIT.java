package nl.veer.benchmarks.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectWorkerIT {
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("veer.patience", 240));
  private static final int ROWS = 2_000;

  private static Sandbox sandbox;
  private static ConnectWorker worker;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.startTemporary();
    worker =
        ConnectWorker.start(
            WorkerClassPath.directory(), sandbox.kafka().bootstrap(), sandbox.registry().url());
  }

  @AfterAll
  static void end() {
    worker.close();
    sandbox.close();
  }

  @Test
  void bringsWhatIsInsertedUpdatedAndDeletedToTheTarget() throws Exception {
    EverydayTable shape = EverydayTable.withAllTypes();
    for (SandboxPostgres side : List.of(sandbox.source(), sandbox.target())) {
      side.createDatabase("shop");
      execute(side, shape.create());
    }
    worker.put(
        "source",
        DebeziumSource.config(
            Database.of(sandbox.source(), "shop"),
            "peer",
            "peer_slot",
            "peer_publication",
            List.of("public.t"),
            false));
    execute(sandbox.source(), shape.insert(1, ROWS));
    execute(sandbox.source(), "UPDATE t SET amount = -1 WHERE id % 3 = 0");
    execute(sandbox.source(), "DELETE FROM t WHERE id % 5 = 0");

    worker.put(
        "sink", JdbcSink.config(Database.of(sandbox.target(), "shop"), List.of("peer.public.t")));

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(differs()).isFalse());
    worker.delete("sink");
    worker.delete("source");
  }

  @Test
  void refusesAConnectorThatTheWorkerDoesNotHave() {
    assertThatThrownBy(() -> worker.put("lost", Map.of("connector.class", "no.such.Connector")))
        .isInstanceOf(ConnectFailure.class)
        .hasMessageContaining("no.such.Connector");
  }

  private static boolean differs() throws SQLException {
    try (Connection source = sandbox.source().connect("shop");
        Connection target = sandbox.target().connect("shop")) {
      return !Oracle.compare(source, target, List.of("public")).equal();
    }
  }

  private static void execute(SandboxPostgres side, String sql) throws SQLException {
    try (Connection connection = side.connect("shop");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
