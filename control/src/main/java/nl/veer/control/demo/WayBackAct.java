package nl.veer.control.demo;

import java.time.Duration;
import nl.veer.control.wave.Leg;

/** Fifth act: customers write to the other side, and the side that they left follows. */
final class WayBackAct {
  /** Of the time that was live before the cutover. */
  private static final int SHARE = 4;

  private static final Duration SHORTEST = Duration.ofSeconds(3);

  /** They may be late to notice that they are led elsewhere. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DemoStage stage;

  WayBackAct(DemoStage stage) {
    this.stage = stage;
  }

  /**
   * @param live how long they wrote before the cutover
   */
  void play(Duration live) {
    Leg leg = stage.leg();
    Duration share = live.dividedBy(SHARE);
    long time = (share.compareTo(SHORTEST) > 0 ? share : SHORTEST).toNanos();
    stage
        .audience()
        .line(
            "The customers write to the %s now, and the %s follows …"
                .formatted(DemoStage.from(leg), DemoStage.to(leg)));
    long before = stage.shop().committed();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < time + PATIENCE.toNanos() && stage.goOn()) {
      if (System.nanoTime() - begin >= time && stage.shop().committed() > before) {
        return;
      }
    }
  }
}
