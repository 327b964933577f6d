package nl.veer.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a role on a thread of its own and hands its failure to whoever waits for it. */
final class RoleThread implements AutoCloseable {
  private final Thread thread;
  private final Runnable stop;
  private volatile @Nullable RuntimeException failure;

  RoleThread(String name, Runnable run, Runnable stop) {
    this.stop = stop;
    this.thread =
        new Thread(
            () -> {
              try {
                run.run();
              } catch (RuntimeException e) {
                failure = e;
              }
            },
            name);
    thread.start();
  }

  /** Nanoseconds until the condition held; it is asked every millisecond. */
  long nanosUntil(BooleanSupplier condition, Duration limit)
      throws InterruptedException, TimeoutException {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      RuntimeException seen = failure;
      if (seen != null) {
        throw seen;
      }
      long waited = System.nanoTime() - begin;
      if (waited > limit.toNanos()) {
        throw new TimeoutException("Waited " + limit + " in " + thread.getName());
      }
      Thread.sleep(1);
    }
    return System.nanoTime() - begin;
  }

  @Override
  public void close() throws InterruptedException {
    stop.run();
    thread.join();
  }
}
