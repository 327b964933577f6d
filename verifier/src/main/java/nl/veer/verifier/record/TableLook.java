package nl.veer.verifier.record;

import java.time.Instant;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * What scans of a table's present load have counted. What none has said is null.
 *
 * @param sourceRows of the last complete scan, as the others
 * @param source where the source was read last
 * @param target the source's position that the target held then
 * @param coverage share of the rows that was looked at since the moment that was asked for
 * @param oldestAt when the part was looked at that waits longest; null if one never was
 * @param unsettled rows that went on changing at the last scan, or were left unexamined
 */
public record TableLook(
    TableId table,
    @Nullable Long sourceRows,
    @Nullable Long targetRows,
    @Nullable String source,
    @Nullable String target,
    double coverage,
    @Nullable Instant oldestAt,
    @Nullable Long unsettled) {}
