package nl.veer.connectors.capture;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A while that passes by itself unless it is said again that it goes on: whoever says so may die,
 * or lose sight of it, and all is as ever a second later. Safe for several threads.
 */
final class Spell {
  private static final long LASTS_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanos;
  private volatile long until;

  Spell() {
    this(System::nanoTime);
  }

  Spell(LongSupplier nanos) {
    this.nanos = nanos;
    this.until = nanos.getAsLong();
  }

  /** It begins, or goes on. */
  void goesOn() {
    until = nanos.getAsLong() + LASTS_NANOS;
  }

  boolean isOn() {
    return until - nanos.getAsLong() > 0;
  }
}
