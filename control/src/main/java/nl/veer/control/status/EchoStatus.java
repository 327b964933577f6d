package nl.veer.control.status;

import org.jspecify.annotations.Nullable;

/**
 * How far a wave's echo is: the target's own log. What is null is not known, or not there yet.
 *
 * @param position of the target, up to which the echo holds all that it committed
 * @param transaction number of the last transaction that the echo holds whole
 * @param bytesKept of the target's WAL that its slot keeps; null where its own process tells
 * @param failure why it is not captured, or what is tried again
 */
public record EchoStatus(
    WaveState state,
    @Nullable String position,
    @Nullable Long transaction,
    @Nullable Long bytesKept,
    @Nullable String failure) {}
