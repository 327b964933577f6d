package nl.veer.connectors.event;

/**
 * A transaction starts. A BEGIN with the number of a transaction that has no END yet supersedes
 * what was seen of it: the capture was ended in its middle and has started it anew.
 *
 * @param sourceTransaction the source's own id of it (PostgreSQL: the 32-bit xid, unsigned,
 *     decimal)
 */
public record TransactionBegin(EventPlace place, String sourceTransaction) implements LogEvent {}
