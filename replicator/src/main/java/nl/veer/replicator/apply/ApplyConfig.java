package nl.veer.replicator.apply;

import java.time.Duration;
import nl.veer.connectors.event.WaveId;

/**
 * Bounds of a batch, and of what is not looked at for each.
 *
 * @param rows a batch takes no further transaction beyond this; a larger transaction is applied in
 *     parts of this size
 * @param bytes the same, in bytes of memory, which are several times those of the log
 * @param delay a batch takes no further transaction beyond this time
 * @param look how long a precision that changed on the source alone may stay unnoticed
 */
public record ApplyConfig(WaveId wave, int rows, long bytes, Duration delay, Duration look) {}
