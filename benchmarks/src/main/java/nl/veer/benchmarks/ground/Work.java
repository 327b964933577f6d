package nl.veer.benchmarks.ground;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waiting for what others do. */
public final class Work {
  /** Who takes longer is taken for hung. */
  public static final Duration LIMIT = Duration.ofMinutes(20);

  private Work() {}

  /**
   * Waits until it holds; it is asked every millisecond.
   *
   * @param alive asked meanwhile; throws if it will never hold
   */
  public static void await(BooleanSupplier condition, Runnable alive)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      alive.run();
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("Nothing came of it in " + LIMIT);
      }
      Thread.sleep(1);
    }
  }
}
