package nl.veer.connectors.event;

/** A table was emptied at once. A TRUNCATE of several tables is several of these, in a row. */
public record TableTruncated(EventPlace place, TableId table) implements ChangeEvent {}
