package nl.veer.verifier.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a verdict, as history has it.
 *
 * @param table {@code schema.table}; empty for the whole wave
 * @param reason null unless the verdict is UNKNOWN
 * @param words for people; null unless the verdict is UNKNOWN
 * @param position of the source, for which it holds; null if there is none
 * @param at by the target's clock
 * @param changedBy {@code scan 17}, {@code finding 12}, {@code repair 3}, {@code load}, {@code
 *     ledger}
 */
public record VerdictRecord(
    long id,
    String table,
    String verdict,
    @Nullable String reason,
    @Nullable String words,
    @Nullable String position,
    Instant at,
    String changedBy) {}
