package nl.veer.control.status;

import org.jspecify.annotations.Nullable;

/**
 * The slot of a wave's log, as the side sees it that the leg comes from.
 *
 * @param active whether somebody reads it
 * @param lost whether WAL that its reader needs is gone
 * @param retainedBytes of WAL that the server keeps for it; null if that is not known
 * @param safeBytes that can still be written before it may be lost; null where the server sets no
 *     bound
 */
public record SlotFigures(
    boolean active, boolean lost, @Nullable Long retainedBytes, @Nullable Long safeBytes) {}
