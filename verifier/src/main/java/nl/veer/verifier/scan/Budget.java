package nl.veer.verifier.scan;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much is spent on a table's rows that look different: a table that is all different, or all in
 * motion, must not hold up the others for hours. Shared by all workers.
 */
final class Budget {
  /** About ten minutes of nothing but looking again; what is left has its say at the next scan. */
  private static final int LOOKS = 500;

  private final AtomicLong proven;
  private final AtomicInteger looks = new AtomicInteger();
  private final int mostLooks;

  /**
   * @param proven rows that were proven to differ before
   */
  Budget(long proven) {
    this(proven, LOOKS);
  }

  Budget(long proven, int mostLooks) {
    this.proven = new AtomicLong(proven);
    this.mostLooks = mostLooks;
  }

  void proven(long rows) {
    proven.addAndGet(rows);
  }

  /** More than enough are proven to differ; what is left need not be read. */
  boolean isFull() {
    return proven.get() >= ChunkOutcome.MAX_DIFFERENCES;
  }

  /** Whether one more look may be taken; it then is. */
  boolean takeLook() {
    return looks.incrementAndGet() <= mostLooks;
  }

  boolean isSpent() {
    return looks.get() >= mostLooks;
  }
}
