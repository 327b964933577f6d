package nl.veer.connectors.dialect.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.TableId;

/** Which of the rights that Veer needs its role lacks; for a preflight, on either side. */
public final class PostgresRights {
  private static final String SCHEMAS =
      "SELECT nspname FROM pg_namespace WHERE NOT has_schema_privilege(oid, 'USAGE')";

  /** A publication asks for the root of a partitioned table only, whatever its partitions are. */
  private static final String OWNED =
      """
      SELECT n.nspname, c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND pg_has_role(c.relowner, 'USAGE')
      """;

  /** Writing goes to the root of a partitioned table, whose rights are all that is asked for. */
  private static final String WRITING =
      """
      SELECT n.nspname, c.relname,
             (SELECT array_agg(p.name ORDER BY p.place)
              FROM (VALUES (1, 'SELECT'), (2, 'INSERT'), (3, 'UPDATE'), (4, 'DELETE'),
                           (5, 'TRUNCATE')) AS p(place, name)
              WHERE NOT has_table_privilege(c.oid, p.name))
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
      """;

  /** Waits for standbys are shown, and other users' only to who may read all statistics. */
  private static final String BLIND =
      """
      SELECT current_setting('synchronous_standby_names') <> ''
             AND NOT pg_has_role('pg_read_all_stats', 'USAGE')
      """;

  private PostgresRights() {}

  /** Schemas of these tables that the connection's role may not use. */
  public static Set<String> closedSchemas(Connection connection, Set<TableId> tables)
      throws SQLException {
    Set<String> closed = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(SCHEMAS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        closed.add(row.getString(1));
      }
    }
    closed.retainAll(new HashSet<>(tables.stream().map(TableId::schema).toList()));
    return closed;
  }

  /** Those of the tables that the connection's role owns, and so may publish. */
  public static Set<TableId> owned(Connection connection, Set<TableId> tables) throws SQLException {
    Set<TableId> owned = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(OWNED);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        owned.add(new TableId(row.getString(1), row.getString(2)));
      }
    }
    owned.retainAll(tables);
    return owned;
  }

  /** Per table that exists, the privileges that writing to it needs and the role has not. */
  public static Map<TableId, List<String>> missingToWrite(Connection connection)
      throws SQLException {
    Map<TableId, List<String>> missing = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(WRITING);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Array names = row.getArray(3);
        List<String> lacking = new ArrayList<>();
        if (names != null) {
          lacking.addAll(List.of((String[]) names.getArray()));
        }
        missing.put(new TableId(row.getString(1), row.getString(2)), lacking);
      }
    }
    return missing;
  }

  /** Whether commits may wait for a standby without this role being able to see it. */
  public static boolean cannotSeeWaits(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BLIND);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
