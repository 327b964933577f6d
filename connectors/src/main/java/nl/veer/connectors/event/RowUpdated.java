package nl.veer.connectors.event;

import org.jspecify.annotations.Nullable;

/**
 * A row was updated.
 *
 * @param before the old row as far as the source's log holds it: all columns under REPLICA IDENTITY
 *     FULL; only the key's when the key changed (the others are null and mean nothing); otherwise
 *     absent altogether
 * @param after the new row; unchanged TOASTed columns are {@link RowImage#ABSENT}
 */
public record RowUpdated(EventPlace place, TableId table, @Nullable RowImage before, RowImage after)
    implements RowChanged {}
