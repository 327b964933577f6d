package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.status.LoadStatus;
import nl.veer.control.status.VerdictFigures;
import nl.veer.verifier.verdict.Exclusion;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a table.
 *
 * @param table {@code schema.table}
 * @param verdict EQUAL, DIFFERENT or UNKNOWN
 * @param reason null unless the verdict is UNKNOWN
 * @param words for people; null unless the verdict is UNKNOWN
 * @param position of the source, for which it holds; null if there is none
 * @param differing how many rows and findings stand open; null if that is not known
 * @param scannedAt when the scan ended that it rests on; null without one
 * @param exclusions columns that were not compared, or not exactly
 * @param load null if it is not known
 */
public record TableBody(
    String table,
    String verdict,
    @Nullable String reason,
    @Nullable String words,
    @Nullable String position,
    @Nullable Long differing,
    @Nullable String scannedAt,
    List<Exclusion> exclusions,
    @Nullable Load load) {

  public TableBody {
    exclusions = List.copyOf(exclusions);
  }

  /**
   * How far its load is.
   *
   * @param estimatedRows the source's own estimate; 0 if unknown
   */
  public record Load(boolean complete, long rows, long estimatedRows, long bytes) {
    static Load of(LoadStatus.Table load) {
      return new Load(load.complete(), load.rows(), load.estimatedRows(), load.bytes());
    }
  }

  static TableBody of(VerdictFigures.Table table, LoadStatus.@Nullable Table load) {
    return new TableBody(
        table.table(),
        table.verdict(),
        table.reason(),
        table.words(),
        table.position(),
        table.differing(),
        table.scannedAt(),
        table.exclusions(),
        load == null ? null : Load.of(load));
  }

  /** Of one that no verifier has said anything of. */
  static TableBody unjudged(LoadStatus.Table load) {
    return new TableBody(
        load.table(),
        VerdictBody.UNKNOWN,
        null,
        VerdictBody.NOBODY,
        null,
        null,
        null,
        List.of(),
        Load.of(load));
  }

  /** The same, where the status is too old to say anything of now. */
  TableBody silent() {
    return new TableBody(
        table,
        VerdictBody.UNKNOWN,
        VerdictBody.SILENT,
        VerdictBody.SILENT_WORDS,
        position,
        differing,
        scannedAt,
        exclusions,
        load);
  }
}
