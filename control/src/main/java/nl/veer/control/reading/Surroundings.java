package nl.veer.control.reading;

import nl.veer.connectors.event.Position;
import nl.veer.control.cutover.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * What the two databases say of a wave, whichever process does what. What is null is not there, or
 * could not be read.
 *
 * @param sourceEnd of the WAL of the side that the leg comes from
 * @param logSlot on that side
 * @param echoSlot on the side that the leg goes to
 * @param replicating whether a replicator has a session there
 * @param attempt to cut the wave over, or to rehearse that: the last one
 * @param read whether both sides were read
 */
public record Surroundings(
    @Nullable Position sourceEnd,
    @Nullable SlotReading logSlot,
    @Nullable SlotReading echoSlot,
    @Nullable Boolean replicating,
    @Nullable Attempt attempt,
    boolean read) {

  /** Nothing is known. */
  public static final Surroundings UNREAD = new Surroundings(null, null, null, null, null, false);
}
