package nl.veer.connectors.event;

public record RowInserted(EventPlace place, TableId table, RowImage after) implements RowChanged {}
