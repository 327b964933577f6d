package nl.veer.browser;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock, which can be put forward. Safe for use by several threads. */
final class ShopClock extends Clock {
  /** A look at the gate is that old when another is begun. */
  static final Duration GATE_AGE = Duration.ofSeconds(10);

  private volatile Duration ahead = Duration.ZERO;

  void passes(Duration time) {
    ahead = ahead.plus(time);
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
