package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.LookedTable;
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
 * @param scannedAt when the scan began that it rests on; null without one
 * @param exclusions columns that were not compared, or not exactly
 * @param load null if it is not known
 * @param sourceRows as the last complete scan of this load counted them; null if none has
 * @param targetRows the same
 * @param rowsAtSource the source's position at which that scan read the source last
 * @param rowsAtTarget the source's position that the target held then
 * @param coverage share of the rows that scans have looked at within {@code cutover.gate-scan-age},
 *     from 0 to 1; null if that is not known
 * @param oldestScanAt when the part was looked at that waits longest; null if one never was
 * @param unsettled rows that went on changing while the last scan looked, or were left unexamined
 * @param changesPerSecond rows written on the target, whoever wrote them; null until they were
 *     counted twice
 * @param risk how much it needs somebody's eye: 3000 and more if it is DIFFERENT, 2000 if UNKNOWN,
 *     1000 if its looks are old or leave something open, 0 if it is EQUAL
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
    @Nullable Load load,
    @Nullable Long sourceRows,
    @Nullable Long targetRows,
    @Nullable String rowsAtSource,
    @Nullable String rowsAtTarget,
    @Nullable Double coverage,
    @Nullable String oldestScanAt,
    @Nullable Long unsettled,
    @Nullable Double changesPerSecond,
    int risk) {

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

  /**
   * @param looked what scans have counted of it
   */
  static TableBody of(
      VerdictFigures.Table table, LoadStatus.@Nullable Table load, LookedTable looked) {
    return of(table, table.differing(), load, looked);
  }

  /** Of one that no verifier has said anything of. */
  static TableBody unjudged(LoadStatus.Table load, LookedTable looked) {
    VerdictFigures.Table unknown =
        new VerdictFigures.Table(
            load.table(), VerdictBody.UNKNOWN, null, VerdictBody.NOBODY, null, 0, null, List.of());
    return of(unknown, null, load, looked);
  }

  private static TableBody of(
      VerdictFigures.Table table,
      @Nullable Long differing,
      LoadStatus.@Nullable Table load,
      LookedTable looked) {
    return new TableBody(
        table.table(),
        table.verdict(),
        table.reason(),
        table.words(),
        table.position(),
        differing,
        table.scannedAt(),
        table.exclusions(),
        load == null ? null : Load.of(load),
        looked.sourceRows(),
        looked.targetRows(),
        looked.rowsAtSource(),
        looked.rowsAtTarget(),
        looked.coverage(),
        looked.oldestScanAt(),
        looked.unsettled(),
        looked.changesPerSecond(),
        Risk.of(table.verdict(), differing, looked));
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
        load,
        sourceRows,
        targetRows,
        rowsAtSource,
        rowsAtTarget,
        coverage,
        oldestScanAt,
        unsettled,
        changesPerSecond,
        Risk.of(VerdictBody.UNKNOWN, differing, coverage, oldestScanAt, unsettled));
  }
}
