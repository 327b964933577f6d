package nl.veer.verifier.verdict;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has changed a verdict, told from what it was and what it is. */
public final class VerdictChange {
  private VerdictChange() {}

  /**
   * A verdict as history has it.
   *
   * @param reason null unless the word is UNKNOWN
   * @param changedBy what had made it so
   */
  public record Said(String word, @Nullable String reason, String changedBy) {

    /** Whether this says the same; history has no use for it again. */
    public boolean is(Verdict verdict) {
      return word.equals(verdict.word()) && Objects.equals(reason, reasonOf(verdict));
    }
  }

  /** The reason's word; null unless the verdict is UNKNOWN. */
  public static @Nullable String reasonOf(Verdict verdict) {
    return verdict instanceof Verdict.Unknown unknown ? unknown.reason().name() : null;
  }

  /**
   * {@code scan 17}, {@code finding 12}, {@code repair 3}, {@code load} or {@code ledger}.
   *
   * @param before null if nothing was ever said
   * @param because what decides now
   * @param closedBy what has closed a difference or finding last; null if nothing ever did
   */
  public static String by(
      @Nullable Said before, Verdict now, String because, @Nullable String closedBy) {
    boolean wasDifferent = before != null && before.word.equals("DIFFERENT");
    if (wasDifferent && !(now instanceof Verdict.Different) && closedBy != null) {
      return closedBy;
    }
    // The scan was there before: what it waited for was the ledger.
    boolean waited =
        before != null
            && before.word.equals("UNKNOWN")
            && (before.changedBy.equals(TableVerdict.LEDGER) || before.changedBy.equals(because));
    return waited && now instanceof Verdict.Equal ? TableVerdict.LEDGER : because;
  }
}
