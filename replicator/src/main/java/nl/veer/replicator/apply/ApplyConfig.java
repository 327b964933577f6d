package nl.veer.replicator.apply;

import java.time.Duration;
import nl.veer.connectors.event.WaveId;

/**
 * Bounds of a batch.
 *
 * @param rows a batch takes no further transaction beyond this; a larger transaction is applied in
 *     parts of this size
 * @param bytes the same, in bytes of memory, which are several times those of the log
 * @param delay a batch takes no further transaction beyond this time
 */
public record ApplyConfig(WaveId wave, int rows, long bytes, Duration delay) {}
