package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;

/** Clean ends and new beginnings of each role, while the shop writes. */
class RestartIT {
  private static final int ROUNDS = 3;
  private static final int BETWEEN = 80;

  @Test
  void restartsOfEachRoleLoseAndDoubleNothing() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.open(world, 4_000, 150)) {
      Crossing capture = world.begin(Role.CAPTURE);
      capture.awaitCapturing();
      Crossing replicator = world.begin(Role.REPLICATE);
      replicator.awaitReplicating();

      for (int round = 0; round < ROUNDS; round++) {
        capture.close();
        shop.awaitMore(BETWEEN);
        capture = world.begin(Role.CAPTURE);
        shop.awaitMore(BETWEEN);

        replicator.close();
        shop.awaitMore(BETWEEN);
        replicator = world.begin(Role.REPLICATE);
        shop.awaitMore(BETWEEN);

        capture.close();
        replicator.close();
        shop.awaitMore(BETWEEN);
        capture = world.begin(Role.CAPTURE);
        replicator = world.begin(Role.REPLICATE);
        shop.awaitMore(BETWEEN);
      }
      shop.stop();

      replicator.awaitEqual();
      shop.assertAcknowledgedIsThere();
      TopicAudit audit = TopicAudit.of(world);
      assertThat(audit.transactions()).isGreaterThan(ROUNDS * BETWEEN);
      assertThat(audit.changes()).isPositive();
    }
  }

  @Test
  void whatWasWrittenWhileNothingRanArrives() throws Exception {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY)")) {
      world.cross().close();
      world.onSource(
          "INSERT INTO t SELECT generate_series(1, 20000)", "DELETE FROM t WHERE id < 9");

      Crossing again = world.cross();

      again.awaitEqual();
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("19992");
      TopicAudit.of(world);
    }
  }
}
