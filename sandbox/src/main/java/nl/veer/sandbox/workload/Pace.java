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

  private final LongSupplier nanoClock;
  private volatile Schedule schedule;
  private final AtomicLong tickets = new AtomicLong();

  /**
   * @param rate tickets per second
   */
  Pace(double rate, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.schedule = new Schedule(nanoClock.getAsLong(), 0, rate);
  }

  /** From this ticket on, which is due at the beginning. */
  private record Schedule(long begin, long first, double rate) {
    long due(long ticket) {
      return begin + (long) ((ticket - first) / rate * NANOS_PER_SECOND);
    }
  }

  /**
   * Goes on half as fast from now on; what is late by now is not made up for.
   *
   * @return the new rate
   */
  synchronized double halve() {
    double half = schedule.rate / 2;
    schedule = new Schedule(nanoClock.getAsLong(), tickets.get(), half);
    return half;
  }

  long nextTicket() {
    return tickets.getAndIncrement();
  }

  /** Nanoseconds until the ticket is due; negative when it is late. */
  long untilDue(long ticket) {
    return schedule.due(ticket) - nanoClock.getAsLong();
  }
}
