package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.Servers;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.postgres.StopMode;
import org.junit.jupiter.api.Test;

/** 500 transactions that are open at once, on a source that spills what it decodes to disk. */
class ManyTransactionsIT {
  private static final int OPEN = 500;
  private static final int ROUNDS = 6;
  private static final long SEED = Long.getLong("veer.seed", System.nanoTime());

  @Test
  void fiveHundredOpenTransactionsComeInTheOrderOfTheirCommits() throws Exception {
    System.out.println("seed " + SEED);
    try (SandboxPostgres source = SandboxPostgres.startTemporary()) {
      prepare(source);
      Servers shared = Servers.of(CrossingWorld.sandbox());
      Servers servers = new Servers(source, shared.target(), shared.bootstrap(), shared.registry());
      try (CrossingWorld world =
          CrossingWorld.on(
              servers,
              "CREATE TABLE t (id serial PRIMARY KEY, owner int, n int, v text)",
              "CREATE INDEX ON t (owner)",
              "CREATE TABLE total (id int PRIMARY KEY, owner int, sum bigint)")) {
        world.onSource("INSERT INTO total VALUES (1, 0, 0)");
        cross(world);
      }
    }
  }

  private static void prepare(SandboxPostgres source) throws SQLException {
    try (Connection connection = source.connect("postgres")) {
      CrossingWorld.execute(
          connection,
          "ALTER SYSTEM SET max_connections = " + (OPEN + 100),
          "ALTER SYSTEM SET logical_decoding_work_mem = '64kB'",
          "ALTER SYSTEM SET shared_buffers = '32MB'");
    }
    source.restart(StopMode.FAST);
  }

  private static void cross(CrossingWorld world) throws Exception {
    Random dice = new Random(SEED);
    List<Connection> open = new ArrayList<>();
    Crossing capture = world.begin(Role.CAPTURE);
    capture.awaitCapturing();
    try {
      for (int i = 0; i < OPEN; i++) {
        Connection connection = world.source();
        connection.setAutoCommit(false);
        open.add(connection);
      }
      write(open, dice);
      Crossing replicator = world.begin(Role.REPLICATE);
      replicator.await("the load", () -> isLoaded(world));
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("0");
      assertThat(inProgressAtTheBoundary(world)).isGreaterThanOrEqualTo(OPEN);

      for (int round = 1; round < ROUNDS; round++) {
        write(open, dice);
      }
      int rolledBack = end(open, dice);

      replicator.awaitEqual();
      assertThat(world.targetText("SELECT count(DISTINCT owner) FROM t"))
          .isEqualTo(String.valueOf(OPEN - rolledBack));
      assertThat(world.targetText("SELECT sum FROM total"))
          .isEqualTo(world.sourceText("SELECT sum(n) FROM t"));
      assertThat(world.sourceText("SELECT sum(spill_count) > 0 FROM pg_stat_replication_slots"))
          .isEqualTo("t");
      TopicAudit audit = TopicAudit.of(world);
      assertThat(audit.transactions()).isGreaterThanOrEqualTo(OPEN - rolledBack);
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  private static boolean isLoaded(CrossingWorld world) {
    try {
      return world
          .targetText(
              "SELECT count(*) FROM veer.load WHERE state = 'COMPLETE' AND wave = '"
                  + world.wave.wave()
                  + "'")
          .equals("2");
    } catch (SQLException e) {
      return false;
    }
  }

  /** The boundary is {@code xmin:xmax:those in between that had not ended}. */
  private static int inProgressAtTheBoundary(CrossingWorld world) throws SQLException {
    String boundary =
        world.targetText(
            "SELECT boundary FROM veer.load WHERE table_name = 't' AND wave = '"
                + world.wave.wave()
                + "'");
    return boundary.substring(boundary.lastIndexOf(':') + 1).split(",", -1).length;
  }

  /** Each transaction in turn, in another order each time: a few rows, some of them undone. */
  private static void write(List<Connection> open, Random dice) throws SQLException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, dice);
    for (int owner : order) {
      Connection connection = open.get(owner);
      try (Statement statement = connection.createStatement()) {
        insert(statement, owner, dice, 1);
        Savepoint outer = connection.setSavepoint();
        insert(statement, owner, dice, 2);
        Savepoint inner = connection.setSavepoint();
        statement.execute("UPDATE t SET n = n + 1 WHERE owner = " + owner + " AND n % 2 = 0");
        if (dice.nextInt(3) == 0) {
          connection.rollback(inner);
        }
        statement.execute(
            "DELETE FROM t WHERE id = (SELECT max(id) FROM t WHERE owner = " + owner + ")");
        if (dice.nextInt(4) == 0) {
          connection.rollback(outer);
        }
        insert(statement, owner, dice, 1);
      }
    }
  }

  private static void insert(Statement statement, int owner, Random dice, int rows)
      throws SQLException {
    statement.execute(
        "INSERT INTO t (owner, n, v) SELECT %d, %d + i, repeat('v', %d) FROM generate_series(1, %d) i"
            .formatted(owner, dice.nextInt(1_000), 200 + dice.nextInt(800), rows));
  }

  /** In random order; every tenth is undone whole. All others add up in one row, one by one. */
  private static int end(List<Connection> open, Random dice) throws SQLException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, dice);
    int rolledBack = 0;
    for (int owner : order) {
      Connection connection = open.get(owner);
      if (owner % 10 == 0) {
        connection.rollback();
        rolledBack++;
      } else {
        CrossingWorld.execute(
            connection,
            "UPDATE total SET owner = %d, sum = sum + (SELECT sum(n) FROM t WHERE owner = %d)"
                .formatted(owner, owner));
        connection.commit();
      }
    }
    return rolledBack;
  }
}
