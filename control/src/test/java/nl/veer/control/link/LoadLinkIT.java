package nl.veer.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.sandbox.link.Fault;
import nl.veer.sandbox.link.Fault.Side;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A load's links fail in the middle of a table. */
@EnabledIfSystemProperty(
    named = "soak",
    matches = ".*",
    disabledReason = "waits for minutes: run it with -Dsoak")
class LoadLinkIT {
  private static final Duration NOTICED = Duration.ofSeconds(150);

  /** So slow that the load is in the middle of the table when the fault comes. */
  private static final Fault SLOW = new Fault.Throttle(400_000);

  private record Failing(Way way, Fault fault) {}

  private static final List<Failing> CASES =
      List.of(
          new Failing(Way.REPLICATOR_TO_SOURCE, new Fault.BlackHole()),
          new Failing(Way.REPLICATOR_TO_SOURCE, new Fault.HalfOpen(Side.NEAR)),
          new Failing(Way.REPLICATOR_TO_TARGET, new Fault.BlackHole()),
          new Failing(Way.REPLICATOR_TO_TARGET, new Fault.HalfOpen(Side.NEAR)),
          new Failing(Way.REPLICATOR_TO_TARGET, new Fault.HalfOpen(Side.FAR)));

  @TestFactory
  Stream<DynamicTest> aLoadIsNoticedToHangAndIsDoneAgain() {
    return Scene.atOnce(
        CASES.stream().map(one -> new Scene(one.toString(), () -> load(one))).toList());
  }

  private static void load(Failing failing) throws Exception {
    CrossingWorld world =
        CrossingWorld.with("CREATE TABLE big (id int PRIMARY KEY, body text)", Scribe.TABLE);
    world.onBoth(Scribe.IDENTITY);
    world.onSource(
        "INSERT INTO big SELECT g, repeat(md5(g::text), 30) FROM generate_series(1, 12000) g");
    try (LinkedWorld linked =
            LinkedWorld.over(world, Set.of(failing.way()), Map.of(failing.way(), SLOW));
        Scribe scribe = Scribe.start(world, 20)) {
      linked.replicator().await("the middle of the load", () -> loaded(linked) > 500_000);

      linked.link(failing.way()).suffer(failing.fault());

      if (!(failing.fault() instanceof Fault.HalfOpen)) {
        Awaitility.await(failing + " noticed")
            .atMost(NOTICED)
            .until(
                () -> linked.replicator().replicator().state() == ReplicatorStatus.State.RETRYING);
        assertThat(linked.replicator().status().failure()).startsWith("CONNECTION_LOST");
        linked.link(failing.way()).heal();
      }
      Awaitility.await("the load's end")
          .atMost(NOTICED)
          .until(
              () -> linked.replicator().replicator().state() == ReplicatorStatus.State.REPLICATING);
      scribe.close();
      linked.replicator().awaitEqual();
      scribe.assertAcknowledgedIsThere();
    }
  }

  private static long loaded(LinkedWorld linked) {
    return linked.replicator().replicator().loads().stream()
        .mapToLong(ReplicatorStatus.LoadProgress::bytes)
        .sum();
  }
}
