package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import org.jspecify.annotations.Nullable;

/** A target table in memory, as strict as the real one: every statement hits what it means. */
final class ModelTable {
  private final TargetTable table;
  private final Map<String, @Nullable String[]> rows = new TreeMap<>();

  ModelTable(TargetTable table) {
    this.table = table;
  }

  ModelTable copy() {
    ModelTable copy = new ModelTable(table);
    rows.forEach((key, row) -> copy.rows.put(key, row.clone()));
    return copy;
  }

  boolean has(String key) {
    return rows.containsKey(key);
  }

  List<List<@Nullable String>> rows() {
    List<List<@Nullable String>> all = new ArrayList<>();
    rows.values().forEach(row -> all.add(Arrays.asList(row)));
    return all;
  }

  void insert(RowText row) {
    @Nullable String[] values = new @Nullable String[table.columns().size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = row.text(c);
    }
    assertThat(rows.putIfAbsent(String.valueOf(values[0]), values)).isNull();
  }

  void apply(TableEffect effect) {
    if (effect.truncated()) {
      rows.clear();
    }
    effect.deletes().forEach(key -> assertThat(rows.remove(key.text(0))).isNotNull());
    // One statement sees all keys as they were: first every row is taken out, then put back.
    List<@Nullable String[]> moved = new ArrayList<>();
    effect
        .updates()
        .forEach(
            (columns, updates) -> {
              for (int i = 0; i < updates.keys().size(); i++) {
                moved.add(updated(updates.keys().get(i), updates.rows().get(i), columns));
              }
            });
    moved.forEach(row -> assertThat(rows.putIfAbsent(String.valueOf(row[0]), row)).isNull());
    effect.inserts().values().forEach(inserts -> inserts.forEach(this::insert));
  }

  private @Nullable String[] updated(KeyText key, RowText to, BitSet columns) {
    @Nullable String[] row = rows.remove(key.text(0));
    assertThat(row).isNotNull();
    columns.stream().forEach(c -> row[c] = to.text(c));
    return row;
  }
}
