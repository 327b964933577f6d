package nl.veer.benchmarks.ground;

import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a role on a thread of its own and hands its failure to whoever waits for it. */
public final class RoleThread implements AutoCloseable {
  private final Thread thread;
  private final Runnable stop;
  private volatile @Nullable RuntimeException failure;

  public RoleThread(String name, Runnable run, Runnable stop) {
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

  /** Throws what the role ended with, if it did. */
  public void requireAlive() {
    RuntimeException seen = failure;
    if (seen != null) {
      throw seen;
    }
  }

  /** Waits until it holds, or the role has failed. */
  public void await(BooleanSupplier condition) throws InterruptedException, TimeoutException {
    Work.await(condition, this::requireAlive);
  }

  @Override
  public void close() throws InterruptedException {
    stop.run();
    thread.join();
  }
}
