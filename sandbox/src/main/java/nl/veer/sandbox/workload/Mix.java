package nl.veer.sandbox.workload;

import java.time.Duration;

/** Which transaction a ticket stands for: a function of the configuration alone. */
final class Mix {
  private static final double NANOS_PER_SECOND = 1e9;

  /** At a lower rate there is nobody to overtake. */
  private static final long FEWEST_BETWEEN_PONDERS = 10;

  private final long seed;
  private final long ponderEvery;
  private final long truncateEvery;
  private final long hugeEvery;

  Mix(WorkloadConfig config) {
    this.seed = config.seed();
    this.ponderEvery = tickets(Duration.ofSeconds(1), config.rate());
    this.truncateEvery = tickets(config.truncateEvery(), config.rate());
    this.hugeEvery = tickets(config.hugeEvery(), config.rate());
  }

  /** How many tickets lie between two of a kind; zero: there are none. */
  private static long tickets(Duration interval, double rate) {
    return interval.isZero()
        ? 0
        : Math.max(1, Math.round(interval.toNanos() / NANOS_PER_SECOND * rate));
  }

  TransactionKind kindOf(long ticket) {
    if (isIn(ticket, hugeEvery, hugeEvery / 2)) {
      return TransactionKind.HUGE;
    }
    if (isIn(ticket, truncateEvery, truncateEvery - 1)) {
      return TransactionKind.TRUNCATE;
    }
    if (ponderEvery >= FEWEST_BETWEEN_PONDERS && isIn(ticket, ponderEvery, ponderEvery / 3)) {
      return TransactionKind.PONDER;
    }
    return TransactionKind.byChance(dice(ticket, -1));
  }

  Dice dice(long ticket, int attempt) {
    return new Dice(seed, ticket, attempt);
  }

  /** Different places in the interval, so that two kinds of one interval both have their turn. */
  private static boolean isIn(long ticket, long every, long place) {
    return every > 0 && ticket % every == place;
  }
}
