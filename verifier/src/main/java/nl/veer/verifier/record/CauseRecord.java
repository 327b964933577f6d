package nl.veer.verifier.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Differences, or findings, on record that have the same table, columns and kind.
 *
 * @param table {@code schema.table}; empty if they are of no one table
 * @param kind of differences {@code Difference.Kind}; of findings their code
 * @param column the columns that differ, sorted, joined by a comma and a blank; empty if none do
 * @param firstAt when the first was found, by the target's clock
 * @param lastAt when one was seen, or closed, last
 * @param exampleId the open one that was found first; the last one if none is open
 * @param exampleKey its key's digest; empty if it is not of one row
 * @param what the example says, of findings; empty of differences
 * @param culprit of the explained one that was found last; null if there is none
 * @param blame how that is known
 */
public record CauseRecord(
    FoundBy foundBy,
    String table,
    String kind,
    String column,
    Counts counts,
    Instant firstAt,
    Instant lastAt,
    long exampleId,
    String exampleKey,
    String what,
    @Nullable String culprit,
    @Nullable String blame) {

  /** Who has found them. */
  public enum FoundBy {
    /** They are differences. */
    SCAN,
    /** They are findings. */
    LEDGER
  }

  /**
   * How many are in which state; each is in one.
   *
   * @param fresh open, and seen once
   * @param confirmed open, and seen again
   * @param explained open, and its culprit known
   * @param repaired closed by a repair
   * @param verifiedAgain closed, and a later scan saw it equal
   */
  public record Counts(
      long fresh, long confirmed, long explained, long repaired, long verifiedAgain) {
    public long open() {
      return fresh + confirmed + explained;
    }

    public long total() {
      return open() + repaired + verifiedAgain;
    }
  }
}
