package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * A session that writes to PostgreSQL: its transactions, and what is done to whole tables. Rows are
 * {@link PostgresRowStatements}' business.
 */
final class PostgresTargetSession implements TargetSession {
  private static final String REFERENCED_TABLE = "0A000";

  /** A statement over thousands would take its time and memory to be planned. */
  private static final int TABLES_PER_LOOK = 100;

  private final Connection connection;
  private final PostgresRowStatements statements;
  private final PostgresKnownColumns known;
  private @Nullable Savepoint mark;

  PostgresTargetSession(Connection connection) {
    this.connection = connection;
    this.statements = new PostgresRowStatements(connection);
    this.known = new PostgresKnownColumns(connection);
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public Map<TableId, TargetTable> tables(Map<TableId, List<String>> keys) {
    return doing(
        "reading the definitions of " + keys.size() + " tables",
        () -> {
          known.read(keys.keySet());
          return PostgresTargetCatalog.tables(connection, keys);
        });
  }

  @Override
  public long insert(TargetTable table, BitSet columns, List<RowText> rows) {
    known.wrote(table.id());
    return statements.insert(table, columns, rows);
  }

  @Override
  public long update(TargetTable table, BitSet columns, List<KeyText> keys, List<RowText> rows) {
    known.wrote(table.id());
    return statements.update(table, columns, keys, rows);
  }

  @Override
  public long delete(TargetTable table, List<KeyText> keys) {
    known.wrote(table.id());
    return statements.delete(table, keys);
  }

  @Override
  public long updateOne(TargetTable table, RowText before, RowText after) {
    known.wrote(table.id());
    return statements.updateOne(table, before, after);
  }

  @Override
  public long deleteOne(TargetTable table, RowText before) {
    known.wrote(table.id());
    return statements.deleteOne(table, before);
  }

  @Override
  public void truncate(List<TableId> tables) {
    act(
        "a truncate of " + tables,
        () -> {
          List<String> names = only(tables);
          try (Statement statement = connection.createStatement()) {
            Savepoint before = connection.setSavepoint();
            try {
              statement.execute("TRUNCATE " + String.join(", ", names));
            } catch (SQLException e) {
              if (!REFERENCED_TABLE.equals(e.getSQLState())) {
                throw e;
              }
              // A table outside the list refers to one inside it. The source could do it, so the
              // rows may go; only TRUNCATE itself refuses, whatever the replication role.
              connection.rollback(before);
              for (String name : names) {
                statement.execute("DELETE FROM " + name);
              }
            }
            // Also after the rollback, which leaves it open: the stamp is to be written outside.
            connection.releaseSavepoint(before);
          }
        });
  }

  @Override
  public List<TableId> filled(List<TableId> tables) {
    return doing("a look into " + tables.size() + " tables", () -> holdingRows(tables));
  }

  private List<TableId> holdingRows(List<TableId> tables) throws SQLException {
    List<String> names = only(tables);
    List<TableId> filled = new ArrayList<>();
    for (int from = 0; from < tables.size(); from += TABLES_PER_LOOK) {
      int to = Math.min(from + TABLES_PER_LOOK, tables.size());
      String look =
          IntStream.range(from, to)
              .mapToObj(i -> "SELECT " + i + " WHERE EXISTS (SELECT FROM " + names.get(i) + ")")
              .collect(Collectors.joining(" UNION ALL "));
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(look)) {
        while (row.next()) {
          filled.add(tables.get(row.getInt(1)));
        }
      }
    }
    return filled;
  }

  @Override
  public void mark() {
    act(
        "a savepoint",
        () -> {
          release();
          mark = connection.setSavepoint();
        });
  }

  @Override
  public void releaseMark() {
    act("a release of a savepoint", this::release);
  }

  private void release() throws SQLException {
    if (mark != null) {
      connection.releaseSavepoint(mark);
      mark = null;
    }
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
          known.requireSame();
          mark = null;
          connection.commit();
        });
  }

  @Override
  public void rollback() {
    act(
        "a rollback",
        () -> {
          known.forgetWritten();
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

  /** The tables as SQL names them, without those that inherit from them. */
  private List<String> only(List<TableId> tables) throws SQLException {
    Set<TableId> partitioned = new HashSet<>();
    try (PreparedStatement query =
            PostgresWanted.prepare(
                connection, "SELECT nspname, relname FROM wanted WHERE relkind = 'p'", tables);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        partitioned.add(new TableId(row.getString(1), row.getString(2)));
      }
    }
    return tables.stream()
        .map(table -> (partitioned.contains(table) ? "" : "ONLY ") + table.quoted())
        .toList();
  }

  private static <T> T doing(String what, PostgresFailures.Work<T> work) {
    return PostgresFailures.onTarget(what, work);
  }

  private interface Act {
    void run() throws SQLException;
  }

  private static void act(String what, Act act) {
    PostgresFailures.onTarget(
        what,
        () -> {
          act.run();
          return true;
        });
  }
}
