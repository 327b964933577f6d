package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A session that writes to PostgreSQL. Each statement is prepared once per table and set of columns
 * and kept; a table that changed its definition is planned anew by the server itself.
 */
final class PostgresTargetSession implements TargetSession {
  /** Fewer rows than this go as arrays in one round trip; COPY needs two, but is faster per row. */
  private static final int COPY_FROM_ROWS = 48;

  /** Bounds one statement's parameters; the server holds them in memory at once. */
  private static final int ROWS_PER_STATEMENT = 5_000;

  private static final long CHARACTERS_PER_STATEMENT = 16L << 20;

  private static final String REFERENCED_TABLE = "0A000";

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private @Nullable Savepoint mark;

  PostgresTargetSession(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public TargetTable table(TableId id, List<String> key) {
    return doing(
        "reading the definition of " + id, () -> PostgresTargetCatalog.table(connection, id, key));
  }

  @Override
  public long insert(TargetTable table, BitSet columns, List<RowText> rows) {
    return doing(
        "an insert into " + table.id(),
        () ->
            rows.size() < COPY_FROM_ROWS
                ? insertArrays(table, columns, rows)
                : copy(table, columns, rows));
  }

  private long copy(TargetTable table, BitSet columns, List<RowText> rows) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(PostgresApplyStatements.copy(table, columns));
    try {
      PostgresCopyText text = new PostgresCopyText(copy);
      int first = columns.nextSetBit(0);
      for (RowText row : rows) {
        for (int c = first; c >= 0; c = columns.nextSetBit(c + 1)) {
          text.value(row.text(c), c == first);
        }
        text.endRow();
      }
      text.flush();
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private long insertArrays(TargetTable table, BitSet columns, List<RowText> rows)
      throws SQLException {
    PreparedStatement insert = prepared(PostgresApplyStatements.insert(table, columns));
    setColumns(insert, 0, columns, rows);
    return insert.executeUpdate();
  }

  @Override
  public long update(TargetTable table, BitSet columns, List<KeyText> keys, List<RowText> rows) {
    return doing(
        "an update of " + table.id(),
        () -> {
          PreparedStatement update = prepared(PostgresApplyStatements.update(table, columns));
          long hit = 0;
          for (int from = 0, to; from < rows.size(); from = to) {
            to = end(rows, from);
            setKeys(update, table, keys.subList(from, to));
            setColumns(update, table.key().size(), columns, rows.subList(from, to));
            hit += update.executeUpdate();
          }
          return hit;
        });
  }

  @Override
  public long delete(TargetTable table, List<KeyText> keys) {
    return doing(
        "a delete from " + table.id(),
        () -> {
          PreparedStatement delete = prepared(PostgresApplyStatements.delete(table));
          long hit = 0;
          for (int from = 0; from < keys.size(); from += ROWS_PER_STATEMENT) {
            int to = Math.min(keys.size(), from + ROWS_PER_STATEMENT);
            setKeys(delete, table, keys.subList(from, to));
            hit += delete.executeUpdate();
          }
          return hit;
        });
  }

  @Override
  public long updateOne(TargetTable table, RowText before, RowText after) {
    return doing(
        "an update of " + table.id(),
        () -> {
          BitSet compared = before.present();
          BitSet columns = after.present();
          PreparedStatement update =
              prepared(
                  PostgresApplyStatements.updateOne(
                      table, compared, nulls(before, compared), columns));
          setValues(update, setNotNull(update, before, compared), after, columns);
          return (long) update.executeUpdate();
        });
  }

  @Override
  public long deleteOne(TargetTable table, RowText before) {
    return doing(
        "a delete from " + table.id(),
        () -> {
          BitSet compared = before.present();
          PreparedStatement delete =
              prepared(PostgresApplyStatements.deleteOne(table, compared, nulls(before, compared)));
          setNotNull(delete, before, compared);
          return (long) delete.executeUpdate();
        });
  }

  @Override
  public void truncate(List<TableId> tables) {
    String names = tables.stream().map(TableId::quoted).collect(Collectors.joining(", "));
    act(
        "a truncate of " + tables,
        () -> {
          try (Statement statement = connection.createStatement()) {
            Savepoint before = connection.setSavepoint();
            try {
              statement.execute("TRUNCATE " + names);
              connection.releaseSavepoint(before);
            } catch (SQLException e) {
              if (!REFERENCED_TABLE.equals(e.getSQLState())) {
                throw e;
              }
              // A table outside the list refers to one inside it. The source could do it, so the
              // rows may go; only TRUNCATE itself refuses, whatever the replication role.
              connection.rollback(before);
              for (TableId table : tables) {
                statement.execute("DELETE FROM " + table.quoted());
              }
            }
          }
        });
  }

  @Override
  public boolean isEmpty(TableId table) {
    return doing(
        "a look into " + table,
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT EXISTS (SELECT FROM " + table.quoted() + ")")) {
            row.next();
            return !row.getBoolean(1);
          }
        });
  }

  @Override
  public void mark() {
    act(
        "a savepoint",
        () -> {
          if (mark != null) {
            connection.releaseSavepoint(mark);
          }
          mark = connection.setSavepoint();
        });
  }

  @Override
  public void rollbackToMark() {
    act(
        "a rollback to a savepoint",
        () -> {
          if (mark == null) {
            throw new IllegalStateException("Nothing was marked");
          }
          connection.rollback(mark);
        });
  }

  @Override
  public void commit() {
    act(
        "a commit",
        () -> {
          mark = null;
          connection.commit();
        });
  }

  @Override
  public void rollback() {
    act(
        "a rollback",
        () -> {
          mark = null;
          connection.rollback();
        });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server ends what a broken connection left behind.
      mark = null;
    }
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  private static int end(List<RowText> rows, int from) {
    long size = 0;
    int to = from;
    while (to < rows.size() && to - from < ROWS_PER_STATEMENT && size < CHARACTERS_PER_STATEMENT) {
      size += rows.get(to++).size();
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

  private static void setValues(
      PreparedStatement statement, int parameter, RowText row, BitSet columns) throws SQLException {
    int next = parameter;
    for (int c = columns.nextSetBit(0); c >= 0; c = columns.nextSetBit(c + 1)) {
      statement.setString(++next, row.text(c));
    }
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private interface Act {
    void run() throws SQLException;
  }

  private static <T> T doing(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw PostgresFailures.target(e, what);
    }
  }

  private static void act(String what, Act act) {
    try {
      act.run();
    } catch (SQLException e) {
      throw PostgresFailures.target(e, what);
    }
  }
}
