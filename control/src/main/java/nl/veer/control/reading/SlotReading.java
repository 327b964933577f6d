package nl.veer.control.reading;

import nl.veer.control.forecast.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot of a wave.
 *
 * @param name in the database
 * @param active whether somebody reads it
 * @param lost whether WAL that its reader needs is gone
 * @param retainedBytes of WAL that the server keeps for it; null if that is not known
 * @param safeBytes that can still be written before it may be lost; null where the server sets no
 *     bound, and its disk, which Veer cannot see, is the bound
 * @param loss when it will be lost at the present rate
 */
public record SlotReading(
    String name,
    boolean active,
    boolean lost,
    @Nullable Long retainedBytes,
    @Nullable Long safeBytes,
    Forecast loss) {}
