package nl.veer.control.status;

import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * How far a log or an echo is.
 *
 * @param begun whether its slot was made
 * @param transaction number of the last whole one; 0 if there is none
 * @param position of that; null if there is none
 */
record LogEnd(boolean begun, long transaction, @Nullable Position position) {}
