package nl.veer.verifier.ledger;

import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How far the ledger is, for people and for the verdict. What is beyond {@link Balanced} is not
 * known.
 *
 * @param balanced null as long as there is no base
 * @param echoTransaction number of the last echo transaction that is dealt with; 0 before the first
 * @param echoPosition its place in the target's commit order
 * @param reading whether the ledger reads; false before its start and while it waits after a
 *     failure
 * @param retries how often it was begun anew after a failure, since this process began
 * @param failure what it waits for, if it waits
 */
public record LedgerStatus(
    @Nullable Balanced balanced,
    LedgerCounts counts,
    long echoTransaction,
    @Nullable Position echoPosition,
    boolean reading,
    long retries,
    @Nullable Failure failure) {}
