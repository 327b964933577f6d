package nl.veer.connectors.event;

import java.time.Instant;

/**
 * A transaction is complete.
 *
 * @param position the source's commit position; the next transaction's is greater
 * @param eventCount how many changes the transaction has, by the source's own count
 * @param committedAt the source's commit time, in milliseconds or finer
 */
public record TransactionEnd(
    EventPlace place,
    String sourceTransaction,
    Position position,
    long eventCount,
    Instant committedAt)
    implements LogEvent {}
