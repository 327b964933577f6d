package nl.veer.control.dashboard.work;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Some threads for what takes its time, so that the server's own never wait. Little waits for them,
 * and the rest is refused: who would wait behind more has gone before it is done. Idle threads end.
 * Safe for use by several threads.
 */
public final class FewThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;
  private final String busy;

  /**
   * @param name of each thread
   * @param waiting so much waits at most
   * @param busy what whoever is refused is told
   */
  public FewThreads(String name, int count, int waiting, String busy) {
    this.busy = busy;
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Has something found out.
   *
   * @throws Failure TRANSIENT if too much waits already
   */
  public <T> CompletableFuture<T> ask(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException e) {
      throw new Failure(FailureKind.TRANSIENT, "DASHBOARD_BUSY", busy, e);
    }
  }

  /**
   * Takes nothing more, and waits for what it has.
   *
   * @return false if that was not done in time
   */
  public boolean endWithin(Duration time) {
    threads.shutdown();
    try {
      return threads.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody knows; whoever interrupts does not want to wait.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** What is under way is not waited for. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
