package nl.veer.control.dashboard.view;

import java.util.List;
import java.util.Optional;

/**
 * What is on record of a wave's tables. Each method asks a few questions, however many tables there
 * are; of a wave or table that there is not nothing is known. As with {@link MigrationView}, the
 * callers see to it that none is asked too often. Safe for use by several threads.
 */
public interface TableView {
  /** What scans have counted, of each table that is known. */
  List<LookedTable> looked(String wave);

  /**
   * What was seen of a table's parts.
   *
   * @param table {@code schema.table}
   * @return empty if nothing is on record of it
   */
  Optional<TableRanges> ranges(String wave, String table);

  /**
   * A table's scans, the last one first.
   *
   * @param table {@code schema.table}
   */
  List<TableScan> scans(String wave, String table, int limit);

  /**
   * Which columns differ, the one first that differs in most rows.
   *
   * @param table {@code schema.table}
   */
  List<ColumnDifferences> columns(String wave, String table);
}
