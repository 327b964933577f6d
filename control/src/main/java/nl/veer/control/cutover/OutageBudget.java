package nl.veer.control.cutover;

import java.time.Duration;
import java.util.function.LongSupplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * How long writes may be refused, on a clock that only goes forward. It runs from {@link #begin}
 * on; before that nothing is refused, and all of it is left. Safe for use by several threads.
 */
final class OutageBudget {
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final Duration most;
  private final LongSupplier nanos;
  private volatile long begun = NOT_BEGUN;

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  OutageBudget(Duration most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
  }

  /** Another on the same clock, which is not longer than what is left of this. */
  OutageBudget within(Duration limit) {
    Duration left = left();
    return new OutageBudget(limit.compareTo(left) < 0 ? limit : left, nanos);
  }

  /** Writes are refused from now on. A second call changes nothing. */
  synchronized void begin() {
    if (begun == NOT_BEGUN) {
      begun = nanos.getAsLong();
    }
  }

  boolean isRunning() {
    return begun != NOT_BEGUN;
  }

  /** How long writes have been refused; zero before. */
  Duration spent() {
    return isRunning() ? Duration.ofNanos(nanos.getAsLong() - begun) : Duration.ZERO;
  }

  /** What is left; never below zero. */
  Duration left() {
    Duration left = most.minus(spent());
    return left.isNegative() ? Duration.ZERO : left;
  }

  boolean isOut() {
    return isRunning() && left().isZero();
  }

  /**
   * @param waitedFor what the time went on, for people
   * @throws Failure TRANSIENT if nothing is left
   */
  void require(String waitedFor) {
    if (isOut()) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "OUTAGE_BUDGET",
          "The outage reached its limit of %d ms while waiting for %s. See what that waited for, or"
                  .formatted(most.toMillis(), waitedFor)
              + " allow more with --max-outage or cutover.max-outage.");
    }
  }
}
