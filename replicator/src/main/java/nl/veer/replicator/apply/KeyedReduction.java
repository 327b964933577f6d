package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Reduces the changes of one table with a key to their net effect. Each row that the changes touch
 * is followed from the key that it had on the target before the batch (none, if it is new) to the
 * key and the values that it has in the end:
 *
 * <ul>
 *   <li>new and gone again: nothing;
 *   <li>new: an insert; old and gone: a delete under its old key;
 *   <li>same key: an update of the columns that came (columns that no event carried stay out);
 *   <li>another key: a delete and an insert if all columns are known, otherwise an update of the
 *       key, which keeps what the log does not hold.
 * </ul>
 *
 * A truncate makes everything before it void. Pure. What cannot be (an insert of a row that is
 * there) is a failure here, and the caller then replays the changes in ever smaller parts, which
 * says exactly where it does not fit.
 */
final class KeyedReduction {
  private final TargetTable table;
  private List<Row> rows = new ArrayList<>();
  private final Map<KeyText, Row> living = new HashMap<>();
  private final Set<KeyText> gone = new HashSet<>();
  private boolean truncated;

  private static final class Row {
    private final @Nullable KeyText original;
    private @Nullable RowText values;
    private KeyText current;
    private boolean dead;

    Row(@Nullable KeyText original, KeyText current, @Nullable RowText values) {
      this.original = original;
      this.current = current;
      this.values = values;
    }
  }

  KeyedReduction(TargetTable table) {
    this.table = table;
  }

  void insert(RowText after) {
    KeyText key = after.key(table.key());
    settle(new Row(null, key, after), key);
  }

  void update(KeyText oldKey, RowText after) {
    Row row = living(oldKey);
    row.values = after.over(row.values);
    KeyText newKey = after.key(table.key());
    if (!newKey.equals(oldKey)) {
      leave(oldKey);
      row.current = newKey;
      settleAgain(row, newKey);
    }
  }

  void delete(KeyText key) {
    living(key).dead = true;
    leave(key);
  }

  void truncate() {
    truncated = true;
    rows = new ArrayList<>();
    living.clear();
    gone.clear();
  }

  private void settle(Row row, KeyText key) {
    settleAgain(row, key);
    rows.add(row);
  }

  private void settleAgain(Row row, KeyText key) {
    if (living.putIfAbsent(key, row) != null) {
      throw contradiction();
    }
  }

  private Row living(KeyText key) {
    Row row = living.get(key);
    if (row == null) {
      if (truncated || gone.contains(key)) {
        throw contradiction();
      }
      row = new Row(key, key, null);
      settle(row, key);
    }
    return row;
  }

  private void leave(KeyText key) {
    living.remove(key);
    gone.add(key);
  }

  TableEffect effect() {
    TableEffect effect = new TableEffect(table, truncated, List.of());
    for (Row row : rows) {
      add(effect, row);
    }
    return effect;
  }

  private void add(TableEffect effect, Row row) {
    KeyText original = row.original;
    RowText values = row.values;
    if (row.dead || values == null) {
      if (original != null) {
        effect.delete(original);
      }
    } else if (original == null) {
      effect.insert(values);
    } else if (original.equals(row.current)) {
      effect.update(original, values, withoutKey(values));
    } else if (values.isWhole()) {
      effect.delete(original);
      effect.insert(values);
    } else {
      effect.update(original, values, values.present());
    }
  }

  /** The key's columns are set only if nothing else is: the row must be there all the same. */
  private BitSet withoutKey(RowText values) {
    BitSet columns = values.present();
    table.key().forEach(columns::clear);
    return columns.isEmpty() ? values.present() : columns;
  }

  private Failure contradiction() {
    return new Failure(
        FailureKind.TARGET_DATA,
        "CONTRADICTION",
        "Changes of table " + table.id() + " contradict each other.");
  }
}
