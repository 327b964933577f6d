package nl.veer.connectors.dialect.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.ColumnSchema;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.event.TableId;

/**
 * Reads table definitions from PostgreSQL's catalog. Ordinary tables and the roots of partitioned
 * ones, outside PostgreSQL's own schemas and Veer's; no views, no foreign tables, no partitions.
 */
public final class PostgresCatalog {
  private static final String TABLES =
      """
      SELECT n.nspname, c.relname, c.relkind = 'p', c.relreplident,
             coalesce((SELECT array_agg(a.attname::text ORDER BY k.ordinality)
                       FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality),
                            pg_attribute a
                       WHERE i.indrelid = c.oid AND i.indisprimary
                         AND a.attrelid = c.oid AND a.attnum = k.attnum
                         AND k.ordinality <= i.indnkeyatts), '{}'::text[])
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
        AND n.nspname !~ '^pg_temp_' %s
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
      """;

  private static final String COLUMNS =
      """
      SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
             a.attgenerated <> '', a.attidentity <> ''
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
        AND a.attnum > 0 AND NOT a.attisdropped %s
      ORDER BY c.oid, a.attnum
      """;

  /** Found by the index of names, whatever else the database holds. */
  private static final String OID_OF_WANTED =
      """
      AND c.oid IN (SELECT wc.oid
                    FROM unnest(?::text[], ?::text[]) w(schema, name)
                         JOIN pg_namespace wn ON wn.nspname = w.schema
                         JOIN pg_class wc ON wc.relnamespace = wn.oid AND wc.relname = w.name)
      """;

  private PostgresCatalog() {}

  /** Some tables; see {@link #tables(Connection)}. Those that do not exist are left out. */
  static List<TableSchema> tables(Connection connection, Collection<TableId> ids)
      throws SQLException {
    return tables(connection, OID_OF_WANTED, ids);
  }

  /**
   * All tables of the connection's database, ordered by schema and name. Runs in the connection's
   * transaction, if it has one; type names carry their schema unless it is pg_catalog.
   */
  public static List<TableSchema> tables(Connection connection) throws SQLException {
    return tables(connection, "", List.of());
  }

  private static List<TableSchema> tables(
      Connection connection, String condition, Collection<TableId> ids) throws SQLException {
    String searchPath = swapSearchPath(connection, "pg_catalog");
    try {
      return join(connection, columns(connection, condition, ids), condition, ids);
    } finally {
      swapSearchPath(connection, searchPath);
    }
  }

  private static String swapSearchPath(Connection connection, String path) throws SQLException {
    try (PreparedStatement read = connection.prepareStatement("SHOW search_path");
        ResultSet row = read.executeQuery();
        PreparedStatement set =
            connection.prepareStatement("SELECT set_config('search_path', ?, false)")) {
      row.next();
      String before = row.getString(1);
      set.setString(1, path);
      set.execute();
      return before;
    }
  }

  private static PreparedStatement query(
      Connection connection, String query, String condition, Collection<TableId> ids)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query.formatted(condition));
    if (!condition.isEmpty()) {
      statement.setArray(
          1, connection.createArrayOf("text", ids.stream().map(TableId::schema).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", ids.stream().map(TableId::name).toArray()));
    }
    return statement;
  }

  private static Map<TableId, List<ColumnSchema>> columns(
      Connection connection, String condition, Collection<TableId> ids) throws SQLException {
    Map<TableId, List<ColumnSchema>> columns = new LinkedHashMap<>();
    try (PreparedStatement query = query(connection, COLUMNS, condition, ids);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        columns
            .computeIfAbsent(
                new TableId(row.getString(1), row.getString(2)), any -> new ArrayList<>())
            .add(
                new ColumnSchema(
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getBoolean(6),
                    row.getBoolean(7)));
      }
    }
    return columns;
  }

  private static List<TableSchema> join(
      Connection connection,
      Map<TableId, List<ColumnSchema>> columns,
      String condition,
      Collection<TableId> ids)
      throws SQLException {
    List<TableSchema> tables = new ArrayList<>();
    try (PreparedStatement query = query(connection, TABLES, condition, ids);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        TableId id = new TableId(row.getString(1), row.getString(2));
        tables.add(
            new TableSchema(
                id,
                columns.getOrDefault(id, List.of()),
                key(row.getArray(5)),
                identity(row.getString(4)),
                row.getBoolean(3)));
      }
    }
    return tables;
  }

  private static List<String> key(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  static ReplicaIdentity identity(String code) {
    return switch (code) {
      case "d" -> ReplicaIdentity.DEFAULT;
      case "f" -> ReplicaIdentity.FULL;
      case "i" -> ReplicaIdentity.INDEX;
      default -> ReplicaIdentity.NOTHING;
    };
  }
}
