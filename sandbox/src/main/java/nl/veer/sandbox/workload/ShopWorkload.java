package nl.veer.sandbox.workload;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clients that write to the shop at a given rate, until they are stopped or one of them fails.
 * Races and outages are lived through and counted.
 *
 * <p>Safe for use by several threads.
 */
public final class ShopWorkload implements AutoCloseable {
  private final Tally tally;
  private final Pace pace;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();

  private ShopWorkload(int clients, double rate) {
    this.tally = new Tally(clients);
    this.pace = new Pace(rate, System::nanoTime);
  }

  /** Connects all clients and lets them begin. */
  public static ShopWorkload start(WorkloadConfig config, Connecting connecting)
      throws SQLException {
    ShopWorkload workload = new ShopWorkload(config.clients(), config.rate());
    workload.begin(config, connecting);
    return workload;
  }

  private void begin(WorkloadConfig config, Connecting connecting) throws SQLException {
    ShopClient.Shared shared = new ShopClient.Shared(pace, tally, stopped);
    List<ShopClient> clients = new ArrayList<>();
    for (int number = 0; number < config.clients(); number++) {
      ShopClient client = new ShopClient(number, connecting, config, shared);
      clients.add(client);
      client.open();
    }
    for (ShopClient client : clients) {
      Thread thread = new Thread(client, "shop-client-" + threads.size());
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((ended, error) -> fail(error));
      threads.add(thread);
      thread.start();
    }
  }

  private void fail(Throwable error) {
    failure.compareAndSet(null, error);
    stopped.countDown();
  }

  /**
   * For a machine that has more clients than it can bear: half as many transactions from now on.
   * What they are late by now is let go.
   *
   * @return transactions per second
   */
  public double halve() {
    return pace.halve();
  }

  /** The transactions that the database acknowledged, all kinds together. */
  public long committed() {
    return tally.byKind().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The transactions that the database acknowledged, by kind. */
  public Map<TransactionKind, Long> committedByKind() {
    return tally.byKind();
  }

  /**
   * The last acknowledged number of each client: shop.commits must hold 1 to this, each once, and
   * once the workload has stopped nothing else.
   */
  public Map<Integer, Long> acknowledged() {
    return tally.acknowledged();
  }

  /** Attempts that were rolled back because another client was in the way. */
  public long conflicts() {
    return tally.conflicts();
  }

  /** How often a client lost its server and found it again. */
  public long outages() {
    return tally.outages();
  }

  /** Attempts that were refused because the database took no writes, and were made again. */
  public long refusals() {
    return tally.refusals();
  }

  /** The first error that ended the workload. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * Lets every client finish its transaction, and returns when all have ended.
   *
   * @throws WorkloadFailure what ended a client before this
   */
  public void stop() {
    close();
    failure()
        .ifPresent(
            error -> {
              throw new WorkloadFailure("The workload ended early", error);
            });
  }

  /** Stops; an earlier failure is only in {@link #failure}. */
  @Override
  public void close() {
    stopped.countDown();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        threads.forEach(Thread::interrupt);
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
