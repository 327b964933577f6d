package nl.veer.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import nl.veer.sandbox.link.Fault;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A tidy stop while a server is silent for good, before anybody has noticed that it is. */
@EnabledIfSystemProperty(
    named = "soak",
    matches = ".*",
    disabledReason = "waits for minutes: run it with -Dsoak")
class StopIT {
  @TestFactory
  Stream<DynamicTest> rolesEndWhateverServerIsSilent() {
    return Scene.atOnce(
        Arrays.stream(Way.values())
            .map(way -> new Scene("stop with a silent " + way, () -> stop(way)))
            .toList());
  }

  private static void stop(Way way) throws Exception {
    try (LinkedWorld linked = LinkedWorld.over(Set.of(way), Scribe.TABLE, Scribe.IDENTITY);
        Scribe scribe = Scribe.start(linked.world, 10)) {
      linked.replicator().awaitReplicating();
      linked.replicator().awaitApplied();
      linked.link(way).suffer(new Fault.BlackHole());
      long written = scribe.acknowledged();
      linked.capture().await("more rows", () -> scribe.acknowledged() > written + 20);

      Duration took = linked.stop();

      assertThat(took).isLessThan(Outage.TO_STOP);
      assertThat(Outage.roles(linked)).isEmpty();
    }
  }
}
