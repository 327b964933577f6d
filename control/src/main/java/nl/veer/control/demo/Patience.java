package nl.veer.control.demo;

import java.time.Duration;

/**
 * How long an act waits for something that customers may keep from happening: on a machine that is
 * too slow for them, half of them stay away now and then. Owned by the demo's thread.
 */
final class Patience {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final DemoStage stage;
  private final String what;
  private final long begin = System.nanoTime();
  private final long most;
  private long calm;

  /**
   * @param what is waited for, for people: {@code It does not catch up}
   * @param first until then it is nobody's fault
   * @param most it is given up behind this
   */
  Patience(DemoStage stage, String what, Duration first, Duration most) {
    this.stage = stage;
    this.what = what;
    this.calm = first.toNanos();
    this.most = most.toNanos();
  }

  /** With the shop closed there is nobody to stay away. */
  static Patience behindClosedDoors(DemoStage stage, Duration most) {
    return new Patience(stage, "", most, most);
  }

  /**
   * Shows how it is, and rests for a moment.
   *
   * @return false if it is over, or the audience has left
   */
  boolean lasts() {
    long now = System.nanoTime() - begin;
    if (now >= most || !stage.goOn()) {
      return false;
    }
    if (now >= calm) {
      calm = now + EVERY.toNanos();
      stage.calm(what);
    }
    return true;
  }

  boolean hasPassed(Duration time) {
    return System.nanoTime() - begin >= time.toNanos();
  }
}
