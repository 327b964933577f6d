package nl.veer.control.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of one role, of which the first stands still for a while and then goes on. */
@Alone
class TakeOverIT {
  private static final String EPOCH = "SELECT epoch FROM veer.stamp";

  @TempDir private Path directory;

  @Test
  void aReplicatorPausedInItsBatchIsTakenOverAndCommitsNothingWhenItGoesOn() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.openCalm(world, 500, 60);
        RoleHome one = RoleHome.of(world, directory.resolve("one"));
        RoleHome two = RoleHome.of(world, directory.resolve("two"))) {
      Shore shore = new Shore(world);
      RoleProcess capture = one.start(Role.CAPTURE);
      RoleProcess first = one.start(Role.REPLICATE);
      shore.awaitLoaded(capture, first);
      shore.awaitBatch(capture, first);
      pauseBeforeItsCommit(world, shore, first);
      String epoch = world.targetText(EPOCH);

      RoleProcess second = two.start(Role.REPLICATE);
      shore.awaitBatch(capture, second);
      shop.awaitMore(50);
      first.continueSignal();

      assertThat(first.awaitExit()).as(first.output()).isEqualTo(1);
      assertThat(first.output()).contains("[TAKEN_OVER]");
      assertThat(Long.parseLong(world.targetText(EPOCH))).isEqualTo(Long.parseLong(epoch) + 1);
      shop.awaitMore(50);
      shop.stop();
      shore.awaitEqual(capture, second);
      shop.assertAcknowledgedIsThere();
    }
  }

  @Test
  void ofTwoReplicatorsThatStartAtOnceOneStandsByAndNothingIsDoubled() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.openCalm(world, 500, 60);
        RoleHome one = RoleHome.of(world, directory.resolve("one"));
        RoleHome two = RoleHome.of(world, directory.resolve("two"))) {
      Shore shore = new Shore(world);
      RoleProcess capture = one.start(Role.CAPTURE);
      RoleProcess left = one.start(Role.REPLICATE);
      RoleProcess right = two.start(Role.REPLICATE);

      shore.await("one to stand by", () -> standsBy(left) || standsBy(right), capture, left, right);
      RoleProcess winner = standsBy(left) ? right : left;

      assertThat(standsBy(winner)).as(winner.output()).isFalse();
      shore.awaitLoaded(capture, winner);
      shop.awaitMore(50);
      shop.stop();
      shore.awaitEqual(capture, winner);
      shop.assertAcknowledgedIsThere();
    }
  }

  @Test
  void aPausedCaptureIsReplacedAndWritesNothingWhenItGoesOn() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.openCalm(world, 500, 60);
        RoleHome one = RoleHome.of(world, directory.resolve("one"));
        RoleHome two = RoleHome.of(world, directory.resolve("two"))) {
      Shore shore = new Shore(world);
      RoleProcess first = one.start(Role.CAPTURE);
      RoleProcess replicator = one.start(Role.REPLICATE);
      shore.awaitLoaded(first, replicator);
      RoleProcess second = two.start(Role.CAPTURE);
      shore.await("the second to stand by", () -> standsBy(second), first, second);
      shore.awaitBatch(first, second, replicator);

      first.stopSignal();
      long begin = System.nanoTime();
      // What was on its way when it was stopped is applied; what comes now is the second's.
      shore.awaitApplied(second, replicator);
      System.out.printf(
          "MEASURED take-over of a capture that stands still: %d ms%n",
          (System.nanoTime() - begin) / 1_000_000);
      first.continueSignal();

      assertThat(first.awaitExit()).as(first.output()).isEqualTo(1);
      assertThat(first.output()).containsAnyOf("[LOG_FENCED]", "[TAKEN_OVER]");
      shop.awaitMore(100);
      shop.stop();
      shore.awaitEqual(second, replicator);
      shop.assertAcknowledgedIsThere();
      TopicAudit.of(world);
    }
  }

  private static boolean standsBy(RoleProcess process) {
    return process.output().contains("Standing by");
  }

  /** Its session has moved the stamp and holds it, and its process stands still. */
  private static void pauseBeforeItsCommit(CrossingWorld world, Shore shore, RoleProcess process)
      throws SQLException {
    try (Connection obstacle = world.target()) {
      obstacle.setAutoCommit(false);
      CrossingWorld.execute(obstacle, "SELECT epoch FROM veer.stamp FOR UPDATE");
      shore.await(
          "the batch at the stamp", () -> sessions(world, "wait_event_type = 'Lock'"), process);
      process.stopSignal();
    }
    shore.await("the stamp in its hands", () -> sessions(world, "state = 'idle in transaction'"));
  }

  private static boolean sessions(CrossingWorld world, String which) {
    try {
      return world
          .targetText(
              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                  + " AND application_name = 'veer: "
                  + world.wave
                  + " apply' AND query LIKE 'UPDATE veer.stamp%' AND "
                  + which)
          .equals("1");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
