package nl.veer.control.cutover;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How the two sides are compared while they stand still: as a whole, if that is likely to be done
 * in half of the budget, so that the other half is left for all the rest.
 *
 * @param rows of all tables, by the statistics; empty if a table has none
 * @param whole whether every row is compared
 */
record ProofPlan(OptionalLong rows, boolean whole) {
  /** Each compares a chunk at a time, on a session on both sides. */
  static final int WORKERS = 4;

  /**
   * What a scan reaches on a machine that does other things as well: half of what was measured on
   * two cores for narrow rows, all workers together.
   */
  static final long ROWS_PER_SECOND = 200_000;

  static ProofPlan of(OptionalLong rows, Duration budget) {
    long fits = budget.toMillis() / 2 * ROWS_PER_SECOND / 1_000;
    return new ProofPlan(rows, rows.isEmpty() || rows.getAsLong() <= fits);
  }

  /** How long a comparison of everything is likely to take. */
  Duration estimate() {
    return Duration.ofMillis(rows.orElse(0) * 1_000 / ROWS_PER_SECOND);
  }
}
