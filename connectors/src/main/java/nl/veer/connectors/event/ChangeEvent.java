package nl.veer.connectors.event;

/** What a transaction consists of, between its BEGIN and its END. */
public sealed interface ChangeEvent extends LogEvent
    permits RowChanged, TableTruncated, Marker, Heartbeat {}
