package nl.veer.control.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * What scans have counted of a table. What no scan of its present load has said is null.
 *
 * @param sourceRows as the last complete scan counted them, as the others
 * @param rowsAtSource where the source was read last
 * @param rowsAtTarget the source's position that the target held then
 * @param coverage share of the rows that was looked at within the wanted age, from 0 to 1
 * @param oldestScanAt when the part was looked at that waits longest
 * @param unsettled rows that went on changing while the last scan looked, or were left unexamined
 * @param changesPerSecond rows written on the target; null until they were counted twice
 */
public record LookedTable(
    String table,
    @Nullable Long sourceRows,
    @Nullable Long targetRows,
    @Nullable String rowsAtSource,
    @Nullable String rowsAtTarget,
    @Nullable Double coverage,
    @Nullable String oldestScanAt,
    @Nullable Long unsettled,
    @Nullable Double changesPerSecond) {

  /** One of which nothing is known. */
  public static LookedTable unknown(String table) {
    return new LookedTable(table, null, null, null, null, null, null, null, null);
  }
}
