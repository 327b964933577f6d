package nl.veer.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.sandbox.link.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Each link fails for a second, in every way, while the shop writes; and all are slow. */
class FlickerIT {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final List<Fault> FAULTS =
      List.of(new Fault.BlackHole(), new Fault.ResetAfter(20_000));

  @Test
  void aSecondWithoutAnyLinkLosesAndDoublesNothing() throws Exception {
    flicker(new Fault.Cut());
  }

  @TestFactory
  @EnabledIfSystemProperty(
      named = "soak",
      matches = ".*",
      disabledReason = "waits for minutes: run it with -Dsoak")
  Stream<DynamicTest> norDoesASecondOfAnyOtherFault() {
    return Scene.atOnce(
        FAULTS.stream().map(fault -> new Scene(fault.toString(), () -> flicker(fault))).toList());
  }

  /** Each link in turn. */
  private static void flicker(Fault fault) throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.open(world, 1_000, 40);
        LinkedWorld linked = LinkedWorld.over(world, EnumSet.allOf(Way.class), Map.of())) {
      linked.replicator().awaitReplicating();
      for (Way way : Way.values()) {
        suffer(linked, way, fault);
        linked.replicator().awaitApplied();
      }
      shop.stop();

      linked.replicator().awaitEqual();
      shop.assertAcknowledgedIsThere();
      assertThat(linked.audit().transactions()).isPositive();
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soak",
      matches = ".*",
      disabledReason = "waits for minutes: run it with -Dsoak")
  void aSlowWayIsSlowerAndNoMore() throws Exception {
    try (LinkedWorld linked =
            LinkedWorld.over(EnumSet.allOf(Way.class), Scribe.TABLE, Scribe.IDENTITY);
        Scribe scribe = Scribe.start(linked.world, 30)) {
      Crossing replicator = linked.replicator();
      replicator.awaitReplicating();
      replicator.awaitApplied();
      for (Fault slow :
          List.of(new Fault.Delay(Duration.ofMillis(50)), new Fault.Throttle(80_000))) {
        for (Way way : Way.values()) {
          linked.link(way).suffer(slow);
        }
        long written = scribe.acknowledged();
        replicator.await("a hundred more rows", () -> scribe.acknowledged() > written + 100);
        replicator.awaitApplied();

        assertThat(replicator.status().failure()).as(slow.toString()).isNull();
        assertThat(linked.capture().status().failure()).as(slow.toString()).isNull();
      }
      for (Way way : Way.values()) {
        linked.link(way).heal();
      }
      scribe.close();
      replicator.awaitEqual();
      scribe.assertAcknowledgedIsThere();
    }
  }

  private static void suffer(LinkedWorld linked, Way way, Fault fault) {
    linked.link(way).suffer(fault);
    long begin = System.nanoTime();
    Awaitility.await("a second of " + fault + " on " + way)
        .atMost(CrossingWorld.PATIENCE)
        .until(() -> System.nanoTime() - begin > SHORT.toNanos());
    linked.link(way).heal();
  }
}
