package nl.veer.connectors.event;

/**
 * A row was deleted.
 *
 * @param before the old row: all columns under REPLICA IDENTITY FULL, otherwise only the key's (the
 *     others are null and mean nothing)
 */
public record RowDeleted(EventPlace place, TableId table, RowImage before) implements RowChanged {}
