package nl.veer.connectors.dialect.postgres;

import java.time.Duration;

/** A time in which several things are to be done. Owned by one thread. */
final class Patience {
  /** Zero would mean to the server that it may wait for ever. */
  private static final Duration LEAST = Duration.ofMillis(1);

  private final Duration all;
  private final long begin = System.nanoTime();

  Patience(Duration all) {
    this.all = all;
  }

  Duration all() {
    return all;
  }

  /** At least a millisecond. */
  Duration left() {
    Duration left = all.minusNanos(System.nanoTime() - begin);
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  boolean isOver() {
    return System.nanoTime() - begin > all.toNanos();
  }
}
