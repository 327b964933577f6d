package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Makes complete transactions of the log's records, and trusts nothing but their numbering:
 *
 * <ul>
 *   <li>BEGIN of the next number opens a transaction; if it was open already, what was seen of it
 *       is void (the capture was ended in its middle);
 *   <li>BEGIN of a number that is complete opens a duplicate, which is passed over up to its END;
 *   <li>an order that is not the previous one plus one, any other number, or an END whose count is
 *       not the changes seen, or that is not of its BEGIN's transaction, is a gap: LOST_POSITION,
 *       with the offset.
 * </ul>
 *
 * A transaction beyond the bounds is handed over in parts. When such a one is superseded, the next
 * part says {@code first} again. Owned by one thread.
 */
final class Assembler {
  private final int partRows;
  private final long partBytes;

  private long complete;
  private @Nullable TransactionBegin open;
  private boolean duplicate;
  private long order;
  private boolean first;
  private List<ChangeEvent> events = new ArrayList<>();
  private long bytes;
  private long weight;

  /**
   * @param complete number of the last transaction that needs no more work
   * @param partRows bound on the changes of a part
   * @param partBytes bound on the bytes of memory that a part takes, about
   */
  Assembler(long complete, int partRows, long partBytes) {
    this.complete = complete;
    this.partRows = partRows;
    this.partBytes = partBytes;
  }

  /** Takes the next record; answers what has become ready, or null. */
  @Nullable LogTransaction accept(LoggedEvent logged) {
    LogEvent event = logged.event();
    if (event instanceof TransactionBegin begin) {
      begin(begin, logged);
      return null;
    }
    TransactionBegin begin = continued(event, logged);
    if (duplicate) {
      if (event instanceof TransactionEnd) {
        open = null;
      }
      return null;
    }
    bytes += logged.bytes();
    if (event instanceof TransactionEnd end) {
      return end(begin, end, logged);
    }
    events.add((ChangeEvent) event);
    weight += EventWeight.of((ChangeEvent) event);
    return events.size() >= partRows || Math.max(weight, bytes) >= partBytes
        ? part(begin, null, logged)
        : null;
  }

  private void begin(TransactionBegin begin, LoggedEvent logged) {
    long number = begin.place().transaction();
    if (number > complete + 1) {
      throw gap(logged, "transaction " + (complete + 1) + " is missing before it");
    }
    if (begin.place().order() != 0) {
      throw gap(logged, "it is a BEGIN with order " + begin.place().order());
    }
    open = begin;
    duplicate = number <= complete;
    order = 0;
    first = true;
    events = new ArrayList<>();
    bytes = logged.bytes();
    weight = 0;
  }

  private TransactionBegin continued(LogEvent event, LoggedEvent logged) {
    TransactionBegin begin = open;
    if (begin == null || event.place().transaction() != begin.place().transaction()) {
      throw gap(logged, "no BEGIN of its transaction came before it");
    }
    if (event.place().order() != order + 1) {
      throw gap(logged, "order " + (order + 1) + " is missing before it");
    }
    order++;
    return begin;
  }

  private LogTransaction end(TransactionBegin begin, TransactionEnd end, LoggedEvent logged) {
    long seen = order - 1;
    if (end.eventCount() != seen) {
      throw gap(logged, "the source counts " + end.eventCount() + " changes, the log has " + seen);
    }
    if (!end.sourceTransaction().equals(begin.sourceTransaction())) {
      throw gap(logged, "it ends another transaction of the source than its BEGIN began");
    }
    open = null;
    complete = begin.place().transaction();
    return part(begin, end, logged);
  }

  private LogTransaction part(
      TransactionBegin begin, @Nullable TransactionEnd end, LoggedEvent logged) {
    LogTransaction part = new LogTransaction(begin, first, events, end, logged.offset() + 1, bytes);
    first = false;
    events = new ArrayList<>();
    bytes = 0;
    weight = 0;
    return part;
  }

  private static Failure gap(LoggedEvent logged, String what) {
    return new Failure(
        FailureKind.LOST_POSITION,
        "LOG_GAP",
        "The log is not gapless at offset %d (transaction %d, order %d): %s. Nothing behind it can"
                .formatted(
                    logged.offset(),
                    logged.event().place().transaction(),
                    logged.event().place().order(),
                    what)
            + " be trusted; load the wave anew with 'veer load --again'.");
  }
}
