package nl.veer.sandbox.workload;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The schedule of a workload: ticket n is due at begin + n / rate, whether or not the earlier ones
 * are done. A database that stalls for a second gets that second's transactions afterwards; a
 * client that waits for an answer does not lower the rate (no coordinated omission).
 *
 * <p>Safe for use by several threads.
 */
final class Pace {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double rate;
  private final LongSupplier nanoClock;
  private final long begin;
  private final AtomicLong tickets = new AtomicLong();

  /**
   * @param rate tickets per second
   */
  Pace(double rate, LongSupplier nanoClock) {
    this.rate = rate;
    this.nanoClock = nanoClock;
    this.begin = nanoClock.getAsLong();
  }

  long nextTicket() {
    return tickets.getAndIncrement();
  }

  /** Nanoseconds until the ticket is due; negative when it is late. */
  long untilDue(long ticket) {
    return begin + (long) (ticket / rate * NANOS_PER_SECOND) - nanoClock.getAsLong();
  }
}
