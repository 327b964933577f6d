package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Statements that are kept prepared: the last used ones. A table without a key needs one per
 * combination of columns and NULLs, which has no bound of its own. A table that changed its
 * definition is planned anew by the server itself. Owned by one thread.
 */
final class PostgresStatementCache {
  /** A few per table of a large wave; each takes some ten kilobytes in the server. */
  static final int KEPT = 256;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(KEPT, 0.75f, true);

  PostgresStatementCache(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      if (statements.size() >= KEPT) {
        closeEldest();
      }
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  private void closeEldest() throws SQLException {
    Iterator<PreparedStatement> eldest = statements.values().iterator();
    PreparedStatement statement = eldest.next();
    eldest.remove();
    statement.close();
  }

  int size() {
    return statements.size();
  }
}
