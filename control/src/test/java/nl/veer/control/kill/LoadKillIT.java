package nl.veer.control.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.Shore;
import nl.veer.control.crossing.TopicAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills in the middle of the load. */
class LoadKillIT {
  private static final String UNFINISHED =
      "SELECT string_agg(table_name || ' ' || state, ', ') FROM veer.load"
          + " WHERE state <> 'COMPLETE'";
  private static final String FINISHED =
      "SELECT table_name, started_at, completed_at FROM veer.load WHERE state = 'COMPLETE'"
          + " ORDER BY table_schema, table_name";

  @TempDir private Path directory;

  @Test
  void onlyTheUnfinishedTableIsLoadedAgainAfterEachKill() throws Exception {
    try (CrossingWorld world =
            CrossingWorld.with("CREATE TABLE half (id int PRIMARY KEY, v text)");
        LiveShop shop = LiveShop.openWithoutTruncate(world, 2_000, 100);
        RoleHome home = RoleHome.of(world, directory)) {
      world.onSource(
          "INSERT INTO half SELECT i, repeat('h', 500) FROM generate_series(1, 30000) i");
      Shore shore = new Shore(world);
      Roles roles;
      String finished;
      try (Connection obstacle = world.target()) {
        obstacle.setAutoCommit(false);
        // The load waits for this transaction when it comes to the last row.
        CrossingWorld.execute(obstacle, "INSERT INTO half VALUES (30000, 'in the way')");
        roles = new Roles(home);
        Roles loading = roles;
        shore.await("the load to come to the obstacle", () -> isUnderWay(world), loading.all());
        finished = world.targetText(FINISHED);
        shop.awaitMore(20);

        roles.killCapture();
        shop.awaitMore(20);
        roles.killReplicator();
        shore.await(
            "the next replicator at the obstacle", () -> isWaiting(world, "TRUNCATE"), roles.all());
        assertThat(world.targetText(FINISHED).lines()).containsAll(finished.lines().toList());
        roles.killBoth();
        obstacle.rollback();
      }
      shore.awaitLoaded(roles.all());
      shop.awaitMore(50);
      shop.stop();

      shore.awaitEqual(roles.all());
      shop.assertAcknowledgedIsThere();
      assertThat(world.targetText(FINISHED).lines()).containsAll(finished.lines().toList());
      assertThat(world.targetText("SELECT count(*) FROM half")).isEqualTo("30000");
      TopicAudit.of(world);
      roles.end();
    }
  }

  /** The table with the obstacle is being loaded, and others are done. */
  private static boolean isUnderWay(CrossingWorld world) {
    return text(world, UNFINISHED).contains("half RUNNING") && !text(world, FINISHED).isEmpty();
  }

  private static String text(CrossingWorld world, String query) {
    try {
      return world.targetText(query);
    } catch (SQLException e) {
      // The records are not made yet.
      return "";
    }
  }

  private static boolean isWaiting(CrossingWorld world, String statement) {
    return text(
            world,
            "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '"
                + statement
                + "%'")
        .equals("t");
  }
}
