package nl.veer.verifier.scan;

import java.time.Duration;
import nl.veer.connectors.failure.StopSignal;

/**
 * Keeps a scan to its rows per second. Whoever took rows waits until they are paid for, so that a
 * chunk of unknown size is paid when it is known. Shared by all workers.
 */
final class Pace {
  private static final long NANOS = 1_000_000_000L;

  private final long rowsPerSecond;
  private long paidUntil = System.nanoTime();

  /**
   * @param rowsPerSecond 0 for no limit
   */
  Pace(long rowsPerSecond) {
    this.rowsPerSecond = rowsPerSecond;
  }

  /** Waits, unless asked to stop, until these rows fit the pace. */
  void took(long rows, StopSignal stop) {
    Duration wait = owed(rows, System.nanoTime());
    if (!wait.isZero()) {
      stop.await(wait);
    }
  }

  /** How long to wait for rows that were taken until now. What was not used earlier is gone. */
  synchronized Duration owed(long rows, long now) {
    if (rowsPerSecond == 0) {
      return Duration.ZERO;
    }
    long cost = (long) ((double) rows / rowsPerSecond * NANOS);
    paidUntil = Math.max(paidUntil + cost, now);
    return Duration.ofNanos(Math.max(0, paidUntil - now));
  }
}
