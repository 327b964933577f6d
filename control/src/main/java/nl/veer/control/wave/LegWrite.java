package nl.veer.control.wave;

import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;

/**
 * A transaction of a leg's log that has changed rows.
 *
 * @param table one that it has changed
 * @param position its commit
 */
public record LegWrite(TableId table, Position position) {}
