package nl.veer.verifier.record;

import nl.veer.connectors.event.Position;

/**
 * The findings of one table that stand open.
 *
 * @param count all, also those of which only the number is kept
 * @param newest id of the newest that is on record
 * @param upTo the farthest place of them in the target's commit order: proof that they stand no
 *     more must have looked behind it
 */
public record OpenFindings(long count, long newest, Position upTo) {}
