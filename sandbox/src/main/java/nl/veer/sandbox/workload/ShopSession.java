package nl.veer.sandbox.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One client's connection with its prepared statements. Used by that client's thread only. */
final class ShopSession implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private final int hugeRows;

  ShopSession(Connection connection, int hugeRows) throws SQLException {
    this.connection = connection;
    this.hugeRows = hugeRows;
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
  }

  /** Runs one or several statements in one round trip. */
  void run(String sql, @Nullable Object... parameters) throws SQLException {
    bound(sql, parameters).execute();
  }

  /** The first column of the first row, when there is a row and it is not null. */
  OptionalLong number(String sql, @Nullable Object... parameters) throws SQLException {
    try (ResultSet rows = bound(sql, parameters).executeQuery()) {
      if (!rows.next()) {
        return OptionalLong.empty();
      }
      long number = rows.getLong(1);
      return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
  }

  /** Whether there is a row. */
  boolean any(String sql, @Nullable Object... parameters) throws SQLException {
    try (ResultSet rows = bound(sql, parameters).executeQuery()) {
      return rows.next();
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** How many rows a huge transaction has. */
  int hugeRows() {
    return hugeRows;
  }

  Savepoint savepoint() throws SQLException {
    return connection.setSavepoint();
  }

  void rollbackTo(Savepoint savepoint) throws SQLException {
    connection.rollback(savepoint);
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
