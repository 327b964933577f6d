package nl.veer.sandbox.workload;

import java.time.Duration;

/**
 * What the shop's clients do.
 *
 * @param seed what each transaction does is a function of it
 * @param rate transactions per second, all clients together
 * @param clients connections that work at the same time
 * @param truncateEvery how often shop.carts is truncated; zero: never
 * @param hugeEvery how often a huge transaction runs; zero: never
 * @param hugeRows rows of a huge transaction
 */
public record WorkloadConfig(
    long seed, double rate, int clients, Duration truncateEvery, Duration hugeEvery, int hugeRows) {
  private static final int DEFAULT_CLIENTS = 4;
  private static final int DEFAULT_HUGE_ROWS = 100_000;

  public WorkloadConfig {
    if (rate <= 0 || clients <= 0 || hugeRows <= 0) {
      throw new IllegalArgumentException("Rate, clients and huge rows must be above zero");
    }
    if (truncateEvery.isNegative() || hugeEvery.isNegative()) {
      throw new IllegalArgumentException("An interval must not be negative");
    }
  }

  /** Four clients, TRUNCATE every 10 seconds, no huge transaction. */
  public static WorkloadConfig of(long seed, double rate) {
    return new WorkloadConfig(
        seed, rate, DEFAULT_CLIENTS, Duration.ofSeconds(10), Duration.ZERO, DEFAULT_HUGE_ROWS);
  }

  public WorkloadConfig withClients(int count) {
    return new WorkloadConfig(seed, rate, count, truncateEvery, hugeEvery, hugeRows);
  }

  public WorkloadConfig withTruncateEvery(Duration interval) {
    return new WorkloadConfig(seed, rate, clients, interval, hugeEvery, hugeRows);
  }

  public WorkloadConfig withHuge(Duration interval, int rows) {
    return new WorkloadConfig(seed, rate, clients, truncateEvery, interval, rows);
  }
}
