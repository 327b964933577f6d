package nl.veer.control.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * Which of the records are asked for.
 *
 * @param wave null for all
 * @param table {@code schema.table}; null for all
 * @param kind of differences MISSING, EXTRA or VALUES, of findings their code; null for all
 * @param column those of just these columns, as a cause names them; null for all
 * @param closed also what is closed
 * @param after the id of the last one that is known, of one wave; 0 for none
 * @param limit of each wave
 */
public record RecordQuery(
    @Nullable String wave,
    @Nullable String table,
    @Nullable String kind,
    @Nullable String column,
    boolean closed,
    long after,
    int limit) {}
