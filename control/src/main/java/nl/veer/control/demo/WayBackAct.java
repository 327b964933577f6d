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
  private final DemoNotes notes;

  WayBackAct(DemoStage stage, DemoNotes notes) {
    this.stage = stage;
    this.notes = notes;
  }

  /**
   * @param live how long they wrote before the cutover
   * @return whether they write there
   */
  boolean play(Duration live) {
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
      long written = stage.shop().committed() - before;
      if (System.nanoTime() - begin >= time && written > 0) {
        notes.writtenBehind(written);
        return true;
      }
    }
    return false;
  }
}
