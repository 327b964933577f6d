package nl.veer.verifier.record;

import java.time.Instant;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import org.jspecify.annotations.Nullable;

/**
 * A wave's ledger as it is on record.
 *
 * @param checkpoint null as long as nothing was balanced
 * @param savedAt when, by the target's clock; null as long as nothing was
 * @param failureCode of what the ledger waits for or has ended with; null while it goes on
 * @param failure in words, without values
 * @param findings that stand open
 */
public record LedgerView(
    @Nullable LedgerCheckpoint checkpoint,
    @Nullable Instant savedAt,
    @Nullable String failureCode,
    @Nullable String failure,
    long findings) {}
