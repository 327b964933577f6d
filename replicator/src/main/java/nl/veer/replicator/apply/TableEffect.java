package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import org.jspecify.annotations.Nullable;

/**
 * What a batch comes to for one table, to be done in this order: truncate, deletes, updates,
 * inserts; for a table without a key, the single changes in source order instead. Rows are grouped
 * by the columns that they have.
 *
 * @param truncated whether the table is emptied first
 * @param singles of a table without a key; empty for others
 */
record TableEffect(
    TargetTable table,
    boolean truncated,
    List<KeyText> deletes,
    Map<BitSet, Updates> updates,
    Map<BitSet, List<RowText>> inserts,
    List<Single> singles) {

  /** Updates that set the same columns. */
  record Updates(List<KeyText> keys, List<RowText> rows) {
    Updates() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    private void renew(TableEffect renewing, BitSet columns) {
      for (int i = 0; i < keys.size(); i++) {
        if (rows.get(i).isWhole()) {
          renewing.delete(keys.get(i));
          renewing.insert(rows.get(i));
        } else {
          renewing.update(keys.get(i), rows.get(i), columns);
        }
      }
    }
  }

  /**
   * A change of one row that only its whole content identifies.
   *
   * @param before null for an insert
   * @param after null for a delete
   */
  record Single(@Nullable RowText before, @Nullable RowText after) {}

  TableEffect(TargetTable table, boolean truncated, List<Single> singles) {
    this(
        table, truncated, new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), singles);
  }

  void delete(KeyText key) {
    deletes.add(key);
  }

  void update(KeyText key, RowText row, BitSet columns) {
    Updates same = updates.computeIfAbsent(columns, any -> new Updates());
    same.keys().add(key);
    same.rows().add(row);
  }

  void insert(RowText row) {
    inserts.computeIfAbsent(row.present(), any -> new ArrayList<>()).add(row);
  }

  /**
   * The same effect, but rows that change and whose values are all known are taken out and put
   * back: then no row has a unique value that another is given, for all leave it before any gets
   * it.
   */
  TableEffect renewing() {
    TableEffect renewing = new TableEffect(table, truncated, singles);
    deletes.forEach(renewing::delete);
    updates.forEach((columns, same) -> same.renew(renewing, columns));
    inserts.values().forEach(rows -> rows.forEach(renewing::insert));
    return renewing;
  }
}
