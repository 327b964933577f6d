package nl.veer.control.wave;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes those who look again and again which leg each wave is on, when this very process has
 * changed that: while writes are refused, nobody shall wait for the next look. What another process
 * changes is found by looking. Safe for use by several threads.
 */
final class LegBell implements AutoCloseable {
  private static final Set<LegBell> HEARING = ConcurrentHashMap.newKeySet();

  private final Semaphore rung = new Semaphore(0);

  private LegBell() {}

  /** One that is rung from now on, until it is closed. */
  static LegBell heard() {
    LegBell bell = new LegBell();
    HEARING.add(bell);
    return bell;
  }

  /** Some leg has changed on record. */
  static void ring() {
    HEARING.forEach(bell -> bell.rung.release());
  }

  /** Waits until it is rung, if it has not been since the last wait, or the time is over. */
  void await(Duration time) {
    try {
      if (rung.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
        rung.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets go whoever waits. */
  @Override
  public void close() {
    HEARING.remove(this);
    rung.release();
  }
}
