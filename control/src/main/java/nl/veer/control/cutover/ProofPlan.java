package nl.veer.control.cutover;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import nl.veer.verifier.changed.Changed;

/**
 * How the two sides are compared while they stand still: as a whole, if that is likely to be done
 * in half of the budget, so that the other half is left for all the rest; else what has changed
 * since the tables were scanned, if that is.
 *
 * @param rows of all tables, by the statistics; empty if a table has none: then it is tried
 * @param budget writes may be refused for so long
 * @param changed what has changed; empty if nobody has looked
 */
record ProofPlan(OptionalLong rows, Duration budget, Optional<Changed> changed) {
  /** Each compares a chunk at a time, on a session on both sides. */
  static final int WORKERS = 4;

  /** So many rows are worth one: the way back begins beside it, and is in a hurry as well. */
  private static final long ROWS_A_WORKER = 100_000;

  private static final int WORKERS_OF_UNKNOWN = 2;

  /**
   * What a scan reaches on a machine that does other things as well: half of what was measured on
   * two cores for narrow rows, all workers together.
   */
  static final long ROWS_PER_SECOND = 200_000;

  /** Counting only reads pages; that is ten times as fast at the least. */
  static final long COUNTED_PER_SECOND = 2_000_000;

  private static final long MILLIS = 1_000;

  static ProofPlan of(OptionalLong rows, Duration budget) {
    return new ProofPlan(rows, budget, Optional.empty());
  }

  ProofPlan with(Changed seen) {
    return new ProofPlan(rows, budget, Optional.of(seen));
  }

  /** Whether every row is compared. */
  boolean whole() {
    return rows.isEmpty() || fits(estimate());
  }

  /** How many compare every row. */
  int workers() {
    return rows.isEmpty()
        ? WORKERS_OF_UNKNOWN
        : (int) Math.max(1, Math.min(WORKERS, rows.getAsLong() / ROWS_A_WORKER));
  }

  /** Whether there is a way that fits. */
  boolean fits() {
    return whole() || changed.filter(seen -> fits(estimate(seen))).isPresent();
  }

  /** Whether the rows of all tables are counted beside the comparison of what has changed. */
  boolean counted() {
    return changed.filter(seen -> fits(estimate(seen).plus(counting()))).isPresent();
  }

  private boolean fits(Duration time) {
    return time.compareTo(budget.dividedBy(2)) <= 0;
  }

  /** How long a comparison of everything is likely to take. */
  Duration estimate() {
    return Duration.ofMillis(rows.orElse(0) * MILLIS / ROWS_PER_SECOND);
  }

  /** The same of what has changed, without counting. */
  Duration changedEstimate() {
    return changed.map(ProofPlan::estimate).orElse(Duration.ZERO);
  }

  private static Duration estimate(Changed seen) {
    return Duration.ofMillis(seen.rows() * MILLIS / ROWS_PER_SECOND);
  }

  private Duration counting() {
    return Duration.ofMillis(rows.orElse(0) * MILLIS / COUNTED_PER_SECOND);
  }

  /** For people. */
  String said() {
    if (whole()) {
      return "every row of both sides is compared: %s, about %d s"
          .formatted(
              rows.isEmpty() ? "rows not known" : "about %,d rows".formatted(rows.getAsLong()),
              estimate().toSeconds());
    }
    String every =
        "every row, about %,d, takes about %d s: TOO LONG for the outage"
            .formatted(rows.orElse(0), estimate().toSeconds());
    return changed
        .map(
            seen ->
                "%s; what has changed since the tables were scanned, about %,d rows in %,d of %,d parts, %s"
                    .formatted(every, seen.rows(), seen.touched(), seen.chunks(), judged()))
        .orElse(
            every + "; what has changed since the tables were scanned is compared, if that fits");
  }

  private String judged() {
    String time = "about %d s".formatted(changedEstimate().toSeconds());
    return fits()
        ? "is compared: %s; the rows of all tables are %s"
            .formatted(
                time,
                counted() ? "counted: about %d s".formatted(counting().toSeconds()) : "not counted")
        : "takes " + time + ": TOO LONG as well";
  }
}
