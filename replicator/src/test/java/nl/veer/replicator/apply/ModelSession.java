package nl.veer.replicator.apply;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * A target in memory with two tables of two columns: one with a key and a unique second column,
 * which is checked row by row as PostgreSQL does, and one without a key. Strict as a session is.
 */
final class ModelSession implements TargetSession {
  private final Map<String, String> keyed = new TreeMap<>();
  private final List<String> keyless = new ArrayList<>();
  private final Map<String, String> keyedBefore = new TreeMap<>();
  private final List<String> keylessBefore = new ArrayList<>();
  private final Map<String, String> keyedMark = new TreeMap<>();
  private final List<String> keylessMark = new ArrayList<>();
  private int statements;
  private boolean marked;

  boolean isMarked() {
    return marked;
  }

  /** Asked so far. */
  int statements() {
    return statements;
  }

  Map<String, String> keyed() {
    return keyed;
  }

  List<String> keyless() {
    return keyless.stream().sorted().toList();
  }

  @Override
  public long insert(TargetTable table, BitSet columns, List<RowText> rows) {
    statements++;
    for (RowText row : rows) {
      if (table.key().isEmpty()) {
        keyless.add(whole(row));
      } else {
        put(String.valueOf(row.text(0)), String.valueOf(row.text(1)));
      }
    }
    return rows.size();
  }

  private void put(String id, String unique) {
    if (keyed.containsKey(id) || keyed.containsValue(unique)) {
      throw new Failure(FailureKind.TARGET_DATA, "CONSTRAINT", "not unique");
    }
    keyed.put(id, unique);
  }

  @Override
  public long update(TargetTable table, BitSet columns, List<KeyText> keys, List<RowText> rows) {
    statements++;
    long hit = 0;
    for (int i = 0; i < keys.size(); i++) {
      String before = keyed.remove(keys.get(i).text(0));
      if (before != null) {
        RowText row = rows.get(i);
        put(
            columns.get(0) ? String.valueOf(row.text(0)) : keys.get(i).text(0),
            columns.get(1) ? String.valueOf(row.text(1)) : before);
        hit++;
      }
    }
    return hit;
  }

  @Override
  public long delete(TargetTable table, List<KeyText> keys) {
    statements++;
    return keys.stream().filter(key -> keyed.remove(key.text(0)) != null).count();
  }

  @Override
  public long updateOne(TargetTable table, RowText before, RowText after) {
    statements++;
    return keyless.remove(whole(before)) && keyless.add(whole(after)) ? 1 : 0;
  }

  @Override
  public long deleteOne(TargetTable table, RowText before) {
    statements++;
    return keyless.remove(whole(before)) ? 1 : 0;
  }

  static String whole(RowText row) {
    return row.text(0) + "," + row.text(1);
  }

  @Override
  public void commit() {
    keyedBefore.clear();
    keyedBefore.putAll(keyed);
    keylessBefore.clear();
    keylessBefore.addAll(keyless);
  }

  @Override
  public void rollback() {
    keyed.clear();
    keyed.putAll(keyedBefore);
    keyless.clear();
    keyless.addAll(keylessBefore);
  }

  @Override
  public void truncate(List<TableId> tables) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TableId> filled(List<TableId> tables) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<TableId, TargetTable> tables(Map<TableId, List<String>> keys) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Connection connection() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void mark() {
    marked = true;
    keyedMark.clear();
    keyedMark.putAll(keyed);
    keylessMark.clear();
    keylessMark.addAll(keyless);
  }

  @Override
  public void rollbackToMark() {
    keyed.clear();
    keyed.putAll(keyedMark);
    keyless.clear();
    keyless.addAll(keylessMark);
  }

  @Override
  public void releaseMark() {
    marked = false;
  }

  @Override
  public void close() {}
}
