package nl.veer.control.dashboard.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Threads on which a process tells of itself. They never wait for a database, so that its health is
 * told while one hangs. Safe for use by several threads.
 */
final class Tellers implements AutoCloseable {
  private static final int THREADS = 2;

  /** Some of each that scrape and probe; who would wait behind more asks too often. */
  private static final int WAITING = 32;

  private final ExecutorService threads;

  Tellers() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "dashboard process");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /**
   * What is told.
   *
   * @throws Failure TRANSIENT if too many wait already
   */
  <T> CompletableFuture<T> ask(Supplier<T> asked) {
    try {
      return CompletableFuture.supplyAsync(asked, threads);
    } catch (RejectedExecutionException e) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "DASHBOARD_BUSY",
          "The process is asked more of itself than it can tell. Ask again in some seconds.",
          e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
