package nl.veer.connectors.event;

/** One record of the log. */
public sealed interface LogEvent permits TransactionBegin, TransactionEnd, ChangeEvent {

  EventPlace place();
}
