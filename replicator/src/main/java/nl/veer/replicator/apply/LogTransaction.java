package nl.veer.replicator.apply;

import java.util.List;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import org.jspecify.annotations.Nullable;

/**
 * What the assembler hands over: a whole transaction, or a part of one that is too large to be held
 * at once. Parts of one transaction follow each other without anything between them.
 *
 * @param begin the same for all parts
 * @param first whether nothing of this transaction came before
 * @param events in source order
 * @param end null in all parts but the last
 * @param nextOffset of the log, behind the last record of this
 * @param bytes of the log's records, for bounds on memory
 */
record LogTransaction(
    TransactionBegin begin,
    boolean first,
    List<ChangeEvent> events,
    @Nullable TransactionEnd end,
    long nextOffset,
    long bytes) {

  LogTransaction {
    events = List.copyOf(events);
  }

  boolean isWhole() {
    return first && end != null;
  }

  long number() {
    return begin.place().transaction();
  }
}
