package nl.veer.control.link;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import nl.veer.sandbox.link.Fault;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Links that are cut, one for each wave and all at the same time: connections are reset and new
 * ones refused.
 */
class CutIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicTest> aCutForGoodIsSaidAndTheRolesWaitUntilTheyAreStopped() {
    return Scene.atOnce(
        Arrays.stream(Way.values()).map(way -> Outage.of(way, new Fault.Cut()).forGood()).toList());
  }

  @TestFactory
  @EnabledIfSystemProperty(
      named = "soak",
      matches = ".*",
      disabledReason = "waits for a minute and more: run it with -Dsoak")
  Stream<DynamicTest> aCutOfHalfAMinuteIsSaidAndTheRolesGoOn() {
    return Scene.atOnce(
        Arrays.stream(Way.values())
            .map(way -> Outage.of(way, new Fault.Cut()).thatHeals(LONG))
            .toList());
  }
}
