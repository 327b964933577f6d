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
 * @param bytes of the log
 * @param weight about the bytes of memory that its changes take, for bounds on it
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
    long weight,
    long events,
    boolean loaded,
    List<TableChange> changes) {

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
}
