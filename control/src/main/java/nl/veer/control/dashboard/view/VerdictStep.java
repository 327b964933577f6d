package nl.veer.control.dashboard.view;

import nl.veer.verifier.record.VerdictRecord;
import org.jspecify.annotations.Nullable;

/**
 * A change of a table's verdict.
 *
 * @param at by the target's clock
 * @param verdict EQUAL, DIFFERENT or UNKNOWN, from then on
 * @param position of the source, for which it holds; null if there is none
 * @param changedBy {@code scan 17}, {@code finding 12}, {@code repair 3}, {@code load}, {@code
 *     ledger}
 */
public record VerdictStep(
    String at,
    String verdict,
    @Nullable String reason,
    @Nullable String words,
    @Nullable String position,
    String changedBy) {

  public static VerdictStep of(VerdictRecord record) {
    return new VerdictStep(
        record.at().toString(),
        record.verdict(),
        record.reason(),
        record.words(),
        record.position(),
        record.changedBy());
  }
}
