package nl.veer.verifier.ledger;

import java.time.Instant;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * Up to where, and from where on, log and echo have been weighed against each other.
 *
 * @param from number of the last log transaction that was applied before the ledger's base; the
 *     scan alone speaks of it and what is before it
 * @param transaction number of the last log transaction that was weighed; the stamp's
 * @param position of its end; null before the first
 * @param logOffset behind its end; null for the log's beginning
 * @param committedAt on the source; null if it is not known
 */
public record Balanced(
    long from,
    long transaction,
    @Nullable Position position,
    @Nullable Long logOffset,
    @Nullable Instant committedAt) {}
