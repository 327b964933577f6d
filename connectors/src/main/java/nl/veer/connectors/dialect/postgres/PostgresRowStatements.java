package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
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
    PreparedStatement insert = statements.prepared(PostgresApplyStatements.insert(table, columns));
    setColumns(insert, 0, columns, rows);
    return hits(insert);
  }

  long update(TargetTable table, BitSet columns, List<KeyText> keys, List<RowText> rows) {
    return PostgresFailures.onTarget(
        "an update of " + table.id(),
        () -> {
          PreparedStatement update =
              statements.prepared(PostgresApplyStatements.update(table, columns));
          long hit = 0;
          for (int from = 0, to; from < rows.size(); from = to) {
            to = end(rows, from);
            if (isLarge(rows.subList(from, to)) && fixed(table, columns).isEmpty()) {
              hit += updateLarge(table, columns, keys.get(from), rows.get(from));
              continue;
            }
            setKeys(update, table, keys.subList(from, to));
            setColumns(update, table.key().size(), columns, rows.subList(from, to));
            hit += hits(update);
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
          PreparedStatement delete = statements.prepared(PostgresApplyStatements.delete(table));
          long hit = 0;
          for (int from = 0; from < keys.size(); from += ROWS_PER_STATEMENT) {
            int to = Math.min(keys.size(), from + ROWS_PER_STATEMENT);
            setKeys(delete, table, keys.subList(from, to));
            hit += hits(delete);
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

  private void setKeys(PreparedStatement statement, TargetTable table, List<KeyText> keys)
      throws SQLException {
    for (int k = 0; k < table.key().size(); k++) {
      String[] values = new String[keys.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = keys.get(i).text(k);
      }
      statement.setArray(k + 1, connection.createArrayOf("text", values));
    }
  }

  private void setColumns(
      PreparedStatement statement, int parameter, BitSet columns, List<RowText> rows)
      throws SQLException {
    int next = parameter;
    for (int c = columns.nextSetBit(0); c >= 0; c = columns.nextSetBit(c + 1)) {
      @Nullable String[] values = new @Nullable String[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = rows.get(i).text(c);
      }
      statement.setArray(++next, connection.createArrayOf("text", values));
    }
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
