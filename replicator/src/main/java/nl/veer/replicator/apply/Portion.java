package nl.veer.replicator.apply;

import java.util.List;
import nl.veer.connectors.event.TransactionEnd;
import org.jspecify.annotations.Nullable;

/**
 * A log transaction (or a part of a large one) as changes of the target's tables; those that a load
 * already includes are left out.
 *
 * @param first whether nothing of this transaction came before
 * @param end null in all parts but the last
 * @param nextOffset of the log, behind this
 * @param events changes in the log, also those left out
 * @param loaded whether this transaction is behind every table's boundary
 */
record Portion(
    long number,
    String sourceTransaction,
    boolean first,
    @Nullable TransactionEnd end,
    long nextOffset,
    long bytes,
    long events,
    boolean loaded,
    List<TableChange> changes) {

  /** About what a change takes in memory beyond its bytes in the log. */
  private static final long CHANGE_OVERHEAD = 256;

  boolean isWhole() {
    return first && end != null;
  }

  /** The end of a portion that has one. */
  static TransactionEnd endOf(Portion portion) {
    TransactionEnd end = portion.end();
    if (end == null) {
      throw new IllegalStateException("The transaction goes on");
    }
    return end;
  }

  /** For bounds on memory. */
  long weight() {
    return bytes + CHANGE_OVERHEAD * changes.size();
  }
}
