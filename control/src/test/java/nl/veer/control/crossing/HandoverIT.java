package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import nl.veer.control.wave.Role;
import nl.veer.replicator.ReplicatorStatus;
import org.junit.jupiter.api.Test;

/** From the load to the log: nothing missing between them, nothing in both. */
class HandoverIT {
  @Test
  void theHandoverIsExactWhileEveryTableIsHot() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.open(world, 20_000, 300)) {
      Crossing crossing = world.cross();
      shop.awaitMore(300);
      shop.stop();

      crossing.awaitEqual();
      shop.assertAcknowledgedIsThere();
      assertThat(crossing.replicator().events()).isPositive();
      assertThat(TopicAudit.of(world).superseded()).isZero();
    }
  }

  @Test
  void aLoadThatEndedHalfwayIsTakenUpAgain() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE done (id int PRIMARY KEY, v text)",
            "CREATE TABLE half (id int PRIMARY KEY, v text)")) {
      world.onSource(
          "INSERT INTO done SELECT i, 'd' FROM generate_series(1, 100) i",
          "INSERT INTO half SELECT i, repeat('h', 500) FROM generate_series(1, 30000) i");
      try (Connection obstacle = world.target()) {
        obstacle.setAutoCommit(false);
        // The load waits for this transaction when it comes to the last row.
        CrossingWorld.execute(obstacle, "INSERT INTO half VALUES (30000, 'in the way')");
        Crossing first = world.begin(Role.RUN);
        first.await(
            "the load at the obstacle",
            () ->
                first.replicator().loads().stream()
                    .anyMatch(load -> load.table().name().equals("done") && load.complete()));
        assertThat(first.replicator().state()).isEqualTo(ReplicatorStatus.State.LOADING);
        world.onSource(
            "INSERT INTO done VALUES (101, 'after its load')",
            "UPDATE half SET v = 'changed' WHERE id = 1");
        // Now that row is there twice, and this load can only fail.
        obstacle.commit();
        first.close();
      }
      assertThat(world.targetText("SELECT count(*) FROM veer.load WHERE state = 'COMPLETE'"))
          .isEqualTo("1");

      Crossing second = world.cross();

      second.awaitEqual();
      assertThat(world.targetText("SELECT count(*) FROM half")).isEqualTo("30000");
    }
  }

  @Test
  void transactionsOpenAcrossSlotAndSnapshotsAreNeitherLostNorDoubled() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE t (id int PRIMARY KEY, v text)",
            "CREATE TABLE u (id int PRIMARY KEY, v text)")) {
      world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'a')");
      try (Connection before = world.source();
          Connection across = world.source()) {
        before.setAutoCommit(false);
        across.setAutoCommit(false);
        CrossingWorld.execute(before, "INSERT INTO t VALUES (10, 'began before the slot')");
        Crossing capture = world.begin(Role.CAPTURE);
        String made =
            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '"
                + world.wave.slot()
                + "'";
        capture.await("the slot to be begun", () -> is(world, made, "1"));
        CrossingWorld.execute(across, "UPDATE t SET v = 'began beside the slot' WHERE id = 1");
        CrossingWorld.execute(before, "INSERT INTO u VALUES (10, 'began before the slot')");
        before.commit();
        across.commit();
        String ready =
            "SELECT count(*) FROM pg_replication_slots WHERE confirmed_flush_lsn IS NOT NULL AND"
                + " active AND slot_name = '"
                + world.wave.slot()
                + "'";
        capture.await("the capture to stream", () -> is(world, ready, "1"));

        CrossingWorld.execute(before, "INSERT INTO t VALUES (20, 'open across the load')");
        CrossingWorld.execute(across, "UPDATE t SET v = 'open across too' WHERE id = 2");
        Crossing replicator = world.begin(Role.REPLICATE);
        replicator.awaitReplicating();
        assertThat(world.targetText("SELECT id, v FROM t ORDER BY id"))
            .isEqualTo("1|began beside the slot\n2|a\n10|began before the slot");
        CrossingWorld.execute(before, "UPDATE u SET v = 'seen' WHERE id = 10");
        CrossingWorld.execute(across, "DELETE FROM t WHERE id = 1");
        before.commit();
        across.commit();

        replicator.awaitEqual();
        assertThat(world.targetText("SELECT id, v FROM t ORDER BY id"))
            .isEqualTo("2|open across too\n10|began before the slot\n20|open across the load");
      }
    }
  }

  private static boolean is(CrossingWorld world, String query, String expected) {
    try {
      return world.sourceText(query).equals(expected);
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }
}
