package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;

/** Two of a role at once: one works, the other says why it does not. */
class TwoReplicatorsIT {
  @Test
  void theSecondReplicatorTakesOverAndTheFirstStops() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.open(world, 2_000, 150)) {
      Crossing capture = world.begin(Role.CAPTURE);
      capture.awaitCapturing();
      Crossing first = world.begin(Role.REPLICATE);
      first.awaitReplicating();

      Crossing second = world.begin(Role.REPLICATE);

      Failure end = first.awaitFailure();
      assertThat(end.kind()).isEqualTo(FailureKind.CONFLICT);
      second.awaitReplicating();
      shop.awaitMore(200);
      shop.stop();
      second.awaitEqual();
      shop.assertAcknowledgedIsThere();
    }
  }

  @Test
  void theSecondCaptureWaitsAndTakesOverWhenTheFirstEnds() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.open(world, 2_000, 150)) {
      Crossing first = world.begin(Role.CAPTURE);
      first.awaitCapturing();
      Crossing replicator = world.begin(Role.REPLICATE);
      replicator.awaitReplicating();

      Crossing second = world.begin(Role.CAPTURE);
      second.await(
          "the second to wait",
          () ->
              second.capture().state() == CaptureStatus.State.RETRYING
                  && second.capture().transactions() == 0);
      long before = first.capture().transactions();
      shop.awaitMore(100);
      first.await("the first to go on", () -> first.capture().transactions() > before + 50);
      first.close();
      second.await("the second to take over", () -> second.capture().transactions() > 50);
      shop.stop();

      replicator.awaitEqual();
      shop.assertAcknowledgedIsThere();
      TopicAudit.of(world);
    }
  }
}
