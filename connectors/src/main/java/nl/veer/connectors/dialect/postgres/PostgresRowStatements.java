package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import org.jspecify.annotations.Nullable;

/** Writes rows in a session's open transaction, and counts what it hits. Owned by one thread. */
final class PostgresRowStatements {
  /** Fewer rows than this go as arrays in one round trip; COPY needs two, but is faster per row. */
  private static final int COPY_FROM_ROWS = 48;

  /** Bounds one statement's parameters; the server holds them in memory at once. */
  private static final int ROWS_PER_STATEMENT = 5_000;

  private static final long CHARACTERS_PER_STATEMENT = 16L << 20;

  /** A larger row goes alone and outside of arrays, which the driver would build a copy of. */
  private static final long LARGE_ROW_CHARACTERS = 1 << 20;

  private final Connection connection;
  private final PostgresStatementCache statements;

  PostgresRowStatements(Connection connection) {
    this.connection = connection;
    this.statements = new PostgresStatementCache(connection);
  }

  long insert(TargetTable table, BitSet columns, List<RowText> rows) {
    return PostgresFailures.onTarget(
        "an insert into " + table.id(),
        () ->
            rows.size() < COPY_FROM_ROWS && end(rows, 0) == rows.size() && !isLarge(rows)
                ? insertArrays(table, columns, rows)
                : new PostgresCopy(connection, table, columns, rows).run());
  }

  private long insertArrays(TargetTable table, BitSet columns, List<RowText> rows)
      throws SQLException {
    List<PostgresArray> arrays = new ArrayList<>();
    addColumns(arrays, table, columns, rows);
    return hits(PostgresApplyStatements.insert(table, columns, types(arrays)), arrays);
  }

  long update(TargetTable table, BitSet columns, List<KeyText> keys, List<RowText> rows) {
    return PostgresFailures.onTarget(
        "an update of " + table.id(),
        () -> {
          long hit = 0;
          for (int from = 0, to; from < rows.size(); from = to) {
            to = end(rows, from);
            if (isLarge(rows.subList(from, to)) && fixed(table, columns).isEmpty()) {
              hit += updateLarge(table, columns, keys.get(from), rows.get(from));
              continue;
            }
            List<PostgresArray> arrays = keyArrays(table, keys.subList(from, to));
            addColumns(arrays, table, columns, rows.subList(from, to));
            hit += hits(PostgresApplyStatements.update(table, columns, types(arrays)), arrays);
          }
          return hit;
        });
  }

  private static BitSet fixed(TargetTable table, BitSet columns) {
    return PostgresApplyStatements.fixed(table, columns);
  }

  private static boolean isLarge(List<RowText> rows) {
    return rows.get(0).size() > LARGE_ROW_CHARACTERS;
  }

  private long updateLarge(TargetTable table, BitSet columns, KeyText key, RowText row)
      throws SQLException {
    PreparedStatement update =
        statements.prepared(PostgresApplyStatements.updateRow(table, columns));
    int next = setValues(update, 0, row, columns);
    for (int k = 0; k < table.key().size(); k++) {
      update.setString(++next, key.text(k));
    }
    return hits(update);
  }

  long delete(TargetTable table, List<KeyText> keys) {
    return PostgresFailures.onTarget(
        "a delete from " + table.id(),
        () -> {
          long hit = 0;
          for (int from = 0; from < keys.size(); from += ROWS_PER_STATEMENT) {
            int to = Math.min(keys.size(), from + ROWS_PER_STATEMENT);
            List<PostgresArray> arrays = keyArrays(table, keys.subList(from, to));
            hit += hits(PostgresApplyStatements.delete(table, types(arrays)), arrays);
          }
          return hit;
        });
  }

  long updateOne(TargetTable table, RowText before, RowText after) {
    return PostgresFailures.onTarget(
        "an update of " + table.id(),
        () -> {
          BitSet compared = before.present();
          BitSet columns = after.present();
          PreparedStatement update =
              statements.prepared(
                  PostgresApplyStatements.updateOne(
                      table, compared, nulls(before, compared), columns));
          BitSet fixed = PostgresApplyStatements.fixed(table, columns);
          BitSet set = (BitSet) columns.clone();
          set.andNot(fixed);
          int next = setValues(update, setNotNull(update, before, compared), after, set);
          setValues(update, next, after, fixed);
          return hits(update);
        });
  }

  long deleteOne(TargetTable table, RowText before) {
    return PostgresFailures.onTarget(
        "a delete from " + table.id(),
        () -> {
          BitSet compared = before.present();
          PreparedStatement delete =
              statements.prepared(
                  PostgresApplyStatements.deleteOne(table, compared, nulls(before, compared)));
          setNotNull(delete, before, compared);
          return hits(delete);
        });
  }

  private long hits(String sql, List<PostgresArray> arrays) throws SQLException {
    PreparedStatement statement = statements.prepared(sql);
    for (int i = 0; i < arrays.size(); i++) {
      arrays.get(i).set(statement, i + 1);
    }
    return hits(statement);
  }

  /** What an update hit; or, of one that may set nothing, what it found. */
  private static long hits(PreparedStatement statement) throws SQLException {
    try {
      if (!statement.execute()) {
        return statement.getUpdateCount();
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getLong(1);
      }
    } finally {
      // Statements are kept; what they were given last must not be.
      statement.clearParameters();
    }
  }

  /** At least one row; a large one alone. */
  private static int end(List<RowText> rows, int from) {
    long size = rows.get(from).size();
    int most = size > LARGE_ROW_CHARACTERS ? 1 : ROWS_PER_STATEMENT;
    int to = from + 1;
    for (; to < rows.size() && to - from < most; to++) {
      long next = rows.get(to).size();
      size += next;
      if (next > LARGE_ROW_CHARACTERS || size > CHARACTERS_PER_STATEMENT) {
        break;
      }
    }
    return to;
  }

  private List<PostgresArray> keyArrays(TargetTable table, List<KeyText> keys) throws SQLException {
    List<PostgresArray> arrays = new ArrayList<>();
    for (int k = 0; k < table.key().size(); k++) {
      int rank = k;
      arrays.add(array(table, table.key().get(k), keys.size(), i -> keys.get(i).text(rank)));
    }
    return arrays;
  }

  private void addColumns(
      List<PostgresArray> arrays, TargetTable table, BitSet columns, List<RowText> rows)
      throws SQLException {
    for (int c = columns.nextSetBit(0); c >= 0; c = columns.nextSetBit(c + 1)) {
      int column = c;
      arrays.add(array(table, c, rows.size(), i -> rows.get(i).text(column)));
    }
  }

  private PostgresArray array(
      TargetTable table, int column, int count, IntFunction<@Nullable String> texts)
      throws SQLException {
    return PostgresArray.of(connection, table.columns().get(column).type(), count, texts);
  }

  private static List<String> types(List<PostgresArray> arrays) {
    return arrays.stream().map(PostgresArray::type).toList();
  }

  private static BitSet nulls(RowText row, BitSet columns) {
    BitSet nulls = new BitSet();
    columns.stream().filter(c -> row.text(c) == null).forEach(nulls::set);
    return nulls;
  }

  /** Returns how many parameters it has set. */
  private static int setNotNull(PreparedStatement statement, RowText row, BitSet columns)
      throws SQLException {
    int parameter = 0;
    for (int c = columns.nextSetBit(0); c >= 0; c = columns.nextSetBit(c + 1)) {
      String text = row.text(c);
      if (text != null) {
        statement.setString(++parameter, text);
      }
    }
    return parameter;
  }

  /** Returns how many parameters are set by now. */
  private static int setValues(
      PreparedStatement statement, int parameter, RowText row, BitSet columns) throws SQLException {
    int next = parameter;
    for (int c = columns.nextSetBit(0); c >= 0; c = columns.nextSetBit(c + 1)) {
      statement.setString(++next, row.text(c));
    }
    return next;
  }
}
