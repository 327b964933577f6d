package nl.veer.replicator.stamp;

import java.time.Instant;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * What the target says of itself: it equals the source at this position.
 *
 * @param transaction number of the last applied transaction in the log; 0 before the first
 * @param position its source position; null before the first
 * @param logId which log it was applied from; null before the first look at the log
 * @param logOffset offset of the next record to read there
 * @param committedAt when it committed on the source; null before the first
 */
public record Stamp(
    long transaction,
    @Nullable Position position,
    @Nullable String logId,
    long logOffset,
    @Nullable Instant committedAt) {}
