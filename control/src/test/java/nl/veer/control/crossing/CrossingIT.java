package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Savepoint;
import org.junit.jupiter.api.Test;

/** Each kind of event, and each shape of transaction, the whole way. */
class CrossingIT {
  private static final String PLAIN = "CREATE TABLE t (id int PRIMARY KEY, v text)";
  private static final String ROWS = "SELECT id, v FROM t ORDER BY id";

  @Test
  @AtOnce
  void anInsertArrives() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      Crossing crossing = world.cross();

      world.onSource("INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, '')");

      crossing.awaitEqual();
      assertThat(world.targetText(ROWS)).isEqualTo("1|a\n2|null\n3|");
    }
  }

  @Test
  @AtOnce
  void anUpdateArrives() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      Crossing crossing = world.cross();

      world.onSource("UPDATE t SET v = NULL WHERE id = 1", "UPDATE t SET v = 'B' WHERE id = 2");

      crossing.awaitEqual();
      assertThat(world.targetText(ROWS)).isEqualTo("1|null\n2|B\n3|c");
    }
  }

  @Test
  @AtOnce
  void aDeleteArrives() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      Crossing crossing = world.cross();

      world.onSource("DELETE FROM t WHERE id = 1");

      crossing.awaitEqual();
      assertThat(world.targetText(ROWS)).isEqualTo("2|b");
    }
  }

  @Test
  @AtOnce
  void aTruncateKeepsItsPlaceBetweenWrites() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      world.onSource("INSERT INTO t VALUES (1, 'loaded')");
      Crossing crossing = world.cross();

      world.onSource("INSERT INTO t VALUES (2, 'gone')", "TRUNCATE t");
      world.inOneTransaction(
          "INSERT INTO t VALUES (1, 'gone too'), (3, 'and this')",
          "TRUNCATE t",
          "INSERT INTO t VALUES (1, 'stays')");

      crossing.awaitEqual();
      assertThat(world.targetText(ROWS)).isEqualTo("1|stays");
    }
  }

  @Test
  @AtOnce
  void aTransactionOverSeveralTablesIsSeenWholeOrNotAtAll() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(PLAIN, "CREATE TABLE u (id int PRIMARY KEY, v text)")) {
      Crossing crossing = world.cross();
      try (HalfSeen reader = HalfSeen.start(world)) {
        for (int i = 0; i < 200; i++) {
          world.inOneTransaction(
              "INSERT INTO t VALUES (" + i + ", 'x')", "INSERT INTO u VALUES (" + i + ", 'x')");
        }
        crossing.awaitEqual();
        assertThat(reader.looks()).isPositive();
        assertThat(reader.halves()).isZero();
      }
      assertThat(world.targetText("SELECT count(*) FROM u")).isEqualTo("200");
    }
  }

  @Test
  @AtOnce
  void markersAndHeartbeatsAloneMoveTheStamp() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      Crossing crossing = world.cross();
      long before = crossing.replicator().transaction();

      crossing.awaitApplied();
      crossing.await(
          "five more transactions", () -> crossing.replicator().transaction() >= before + 5);

      String stamp = "SELECT transaction_number >= " + (before + 5) + " FROM veer.stamp";
      assertThat(world.targetText(stamp)).isEqualTo("t");
    }
  }

  @Test
  @AtOnce
  void anIdleWaveDoesNotHoldBackTheServersWal() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN);
        CrossingWorld busy = CrossingWorld.with(PLAIN)) {
      Crossing crossing = world.cross();
      busy.onSource("INSERT INTO t SELECT i, 'other database' FROM generate_series(1, 1000) i");
      String wal = world.sourceText("SELECT pg_current_wal_insert_lsn()");

      String passed =
          "SELECT confirmed_flush_lsn >= '%s' AND restart_lsn >= '%s'".formatted(wal, wal)
              + " FROM pg_replication_slots WHERE slot_name = '"
              + world.wave.slot()
              + "'";
      try (Connection watch = world.source()) {
        // A running-transactions record, which the server writes by itself every 15 s, is what
        // lets the restart position move.
        CrossingWorld.execute(watch, "CHECKPOINT");
        crossing.await(
            "the slot to pass " + wal,
            () -> {
              try {
                return CrossingWorld.text(watch, passed).equals("t");
              } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
              }
            });
      }
    }
  }

  @Test
  @AtOnce
  void whatIsRolledBackToASavepointNeverArrives() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      world.onSource("INSERT INTO t VALUES (9, 'old')");
      Crossing crossing = world.cross();

      try (Connection source = world.source()) {
        source.setAutoCommit(false);
        CrossingWorld.execute(source, "INSERT INTO t VALUES (1, 'kept')");
        Savepoint outer = source.setSavepoint();
        CrossingWorld.execute(source, "INSERT INTO t VALUES (2, 'undone')", "DELETE FROM t");
        source.setSavepoint();
        CrossingWorld.execute(source, "INSERT INTO t VALUES (3, 'undone too')");
        source.rollback(outer);
        CrossingWorld.execute(source, "INSERT INTO t VALUES (2, 'kept too')");
        source.commit();
        CrossingWorld.execute(source, "UPDATE t SET v = 'never'");
        source.rollback();
      }

      crossing.awaitEqual();
      assertThat(world.targetText(ROWS)).isEqualTo("1|kept\n2|kept too\n9|old");
    }
  }

  @Test
  @AtOnce
  void transactionsAreAppliedInCommitOrderNotInBeginOrder() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'a')");
      Crossing crossing = world.cross();

      try (Connection first = world.source();
          Connection second = world.source()) {
        first.setAutoCommit(false);
        second.setAutoCommit(false);
        CrossingWorld.execute(first, "INSERT INTO t VALUES (10, 'began first')");
        CrossingWorld.execute(second, "UPDATE t SET v = 'second' WHERE id = 1");
        for (int i = 0; i < 50; i++) {
          world.onSource("UPDATE t SET v = 'overtook " + i + "' WHERE id = 2");
        }
        second.commit();
        crossing.awaitApplied();
        assertThat(world.targetText(ROWS)).isEqualTo("1|second\n2|overtook 49");
        CrossingWorld.execute(first, "UPDATE t SET v = 'committed last' WHERE id IN (1, 2)");
        first.commit();
      }

      crossing.awaitEqual();
      assertThat(world.targetText(ROWS))
          .isEqualTo("1|committed last\n2|committed last\n10|began first");
    }
  }
}
