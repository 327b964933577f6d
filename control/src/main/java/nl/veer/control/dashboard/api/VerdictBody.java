package nl.veer.control.dashboard.api;

import nl.veer.control.status.VerdictFigures;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a wave. Beyond the position nothing is.
 *
 * @param verdict EQUAL, DIFFERENT or UNKNOWN
 * @param reason null unless the verdict is UNKNOWN
 * @param words for people; null unless the verdict is UNKNOWN
 * @param position of the source, for which it holds; of UNKNOWN that up to which it was known to be
 *     equal; null if it never was
 * @param ageMillis since the source was there, at the reading; null if that is not known
 * @param scans what the wave's scans do; null if none run
 * @param tables how many there are
 * @param equal how many of them are EQUAL
 * @param different how many are DIFFERENT
 * @param unknown how many are UNKNOWN
 */
public record VerdictBody(
    String verdict,
    @Nullable String reason,
    @Nullable String words,
    @Nullable String position,
    @Nullable Long ageMillis,
    @Nullable String scans,
    long tables,
    long equal,
    long different,
    long unknown) {
  static final String EQUAL = "EQUAL";
  static final String DIFFERENT = "DIFFERENT";
  static final String UNKNOWN = "UNKNOWN";
  static final String NOBODY = "No verifier has kept anything.";
  static final String SILENT = "SILENT";
  static final String SILENT_WORDS = "Nothing was heard of it for a while.";

  /**
   * @param figures null if no verifier has kept anything
   */
  static VerdictBody of(@Nullable VerdictFigures figures, Tables.Count tables) {
    long unknown = tables.all() - tables.equal() - tables.different();
    return figures == null
        ? new VerdictBody(
            UNKNOWN,
            null,
            NOBODY,
            null,
            null,
            null,
            tables.all(),
            tables.equal(),
            tables.different(),
            unknown)
        : new VerdictBody(
            figures.verdict(),
            figures.reason(),
            figures.words(),
            figures.position(),
            figures.ageMillis(),
            figures.scans(),
            tables.all(),
            tables.equal(),
            tables.different(),
            unknown);
  }

  /** The same, where the status is too old to say anything of now. */
  VerdictBody silent() {
    return new VerdictBody(
        UNKNOWN,
        SILENT,
        SILENT_WORDS,
        position,
        ageMillis,
        scans,
        tables,
        equal,
        different,
        unknown);
  }
}
