package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * The columns of the target's tables as a session has read them, which decide in what form it sends
 * values. A table that is altered afterwards would take the same bytes for other values, so before
 * each commit the tables that were written to are looked at once more: they are locked by then, and
 * nobody alters them until the commit. Owned by one thread.
 */
final class PostgresKnownColumns {
  private static final String COLUMNS =
      """
      SELECT nspname, relname,
             string_agg(attname || ' ' || atttypid || ' ' || atttypmod, ',' ORDER BY attnum)
      FROM wanted JOIN pg_attribute ON attrelid = oid
      WHERE attnum > 0 AND NOT attisdropped
      GROUP BY nspname, relname
      """;

  private final Connection connection;
  private final Map<TableId, String> known = new HashMap<>();
  private final Set<TableId> written = new HashSet<>();

  PostgresKnownColumns(Connection connection) {
    this.connection = connection;
  }

  /** Before the tables' definitions are read: what is altered in between shows at the commit. */
  void read(Set<TableId> tables) throws SQLException {
    known.keySet().removeAll(tables);
    known.putAll(columns(tables));
  }

  void wrote(TableId table) {
    written.add(table);
  }

  /** Nothing was written, or nothing of it is left. */
  void forgetWritten() {
    written.clear();
  }

  /**
   * Before what was written is committed.
   *
   * @throws Failure TRANSIENT if one of its tables is not what it was when it was read
   */
  void requireSame() throws SQLException {
    if (written.isEmpty()) {
      return;
    }
    Map<TableId, String> now = columns(written);
    for (TableId table : written) {
      String before = known.get(table);
      if (before != null && !before.equals(now.get(table))) {
        throw new Failure(
            FailureKind.TRANSIENT,
            "TARGET_ALTERED",
            "Table %s of the target was altered while changes were written to it. They are written"
                    .formatted(table)
                + " again, to the table as it is now; nothing needs to be done.");
      }
    }
    written.clear();
  }

  private Map<TableId, String> columns(Collection<TableId> tables) throws SQLException {
    Map<TableId, String> columns = new HashMap<>();
    try (PreparedStatement query = PostgresWanted.prepare(connection, COLUMNS, tables);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        columns.put(new TableId(row.getString(1), row.getString(2)), row.getString(3));
      }
    }
    return columns;
  }
}
