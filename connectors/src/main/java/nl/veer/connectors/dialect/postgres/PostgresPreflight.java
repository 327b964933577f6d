package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.RefusedColumn;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.Relation;
import nl.veer.connectors.event.TableId;

/** Reads what a preflight judges. Changes nothing; takes no lock beyond reading. */
public final class PostgresPreflight {
  private static final String SERVER =
      """
      SELECT current_setting('server_version_num')::int, pg_is_in_recovery(),
             coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
             (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
             r.rolsuper, r.rolsuper OR r.rolreplication,
             has_database_privilege(current_database(), 'CREATE'),
             current_setting('wal_level'), current_setting('max_replication_slots')::int,
             current_setting('max_wal_senders')::int,
             (SELECT count(*)::int FROM pg_stat_get_wal_senders()),
             coalesce(current_setting('max_slot_wal_keep_size', true), '-1'),
             EXISTS (SELECT FROM pg_largeobject_metadata)
      FROM pg_roles r WHERE r.rolname = current_user
      """;

  private static final String SLOTS =
      "SELECT slot_name, CASE WHEN active THEN 'active' ELSE 'free' END FROM pg_replication_slots";

  private static final String RELATIONS =
      """
      WITH carried AS (
        SELECT c.oid AS root, c.oid AS leaf FROM pg_class c
        WHERE c.relkind = 'r' AND NOT c.relispartition
        UNION ALL
        SELECT c.oid, p.relid FROM pg_class c, pg_partition_tree(c.oid) p
        WHERE c.relkind = 'p' AND NOT c.relispartition AND p.isleaf)
      SELECT rn.nspname, r.relname, ln.nspname, l.relname, l.relreplident,
             EXISTS (SELECT FROM pg_index i
                     WHERE i.indrelid = l.oid AND i.indisprimary AND i.indimmediate),
             EXISTS (SELECT FROM pg_index i
                     WHERE i.indrelid = l.oid AND i.indisreplident AND i.indimmediate),
             has_table_privilege(r.oid, 'SELECT') AND has_table_privilege(l.oid, 'SELECT'),
             pg_has_role(r.relowner, 'USAGE'),
             l.relpersistence
      FROM carried JOIN pg_class r ON r.oid = root JOIN pg_namespace rn ON rn.oid = r.relnamespace
           JOIN pg_class l ON l.oid = leaf JOIN pg_namespace ln ON ln.oid = l.relnamespace
      WHERE rn.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
        AND l.relpersistence <> 't'
      ORDER BY 1, 2, 3, 4
      """;

  private static final String TARGET =
      """
      SELECT current_setting('server_version_num')::int, pg_is_in_recovery(),
             coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
             (extract(epoch FROM clock_timestamp()) * 1000)::bigint, r.rolsuper,
             coalesce((SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace
                       WHERE nspname = 'veer'),
                      has_database_privilege(current_database(), 'CREATE'))
      FROM pg_roles r WHERE r.rolname = current_user
      """;

  private static final String TARGET_TABLES =
      """
      SELECT n.nspname, c.relname,
             has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
      """;

  /** The first version whose servers can grant the right to set one parameter. */
  private static final int PARAMETER_PRIVILEGES = 150_000;

  private PostgresPreflight() {}

  /** What the source has to say about these tables. */
  public static PostgresPreflightSource source(Connection connection, Set<TableId> tables)
      throws SQLException {
    List<Relation> relations = new ArrayList<>();
    List<TableId> unlogged = new ArrayList<>();
    relations(connection, tables, relations, unlogged);
    Map<String, String> slots = slots(connection);
    List<RefusedColumn> refused = PostgresColumnTypes.refused(connection, tables);
    try (PreparedStatement query = connection.prepareStatement(SERVER);
        ResultSet row = query.executeQuery()) {
      row.next();
      return new PostgresPreflightSource(
          row.getInt(1),
          row.getBoolean(2),
          row.getBoolean(3),
          row.getString(8),
          row.getInt(9),
          row.getInt(10),
          row.getInt(11),
          row.getString(12),
          row.getBoolean(5),
          row.getBoolean(6),
          row.getBoolean(7),
          row.getLong(4),
          slots,
          relations,
          refused,
          unlogged,
          row.getBoolean(13));
    }
  }

  /** What the target has to say about these tables. */
  public static PostgresPreflightTarget target(Connection connection, Set<TableId> tables)
      throws SQLException {
    Map<TableId, PostgresPreflightTarget.Table> found = new HashMap<>();
    Map<TableId, List<String>> missing = PostgresRights.missingToWrite(connection);
    try (PreparedStatement query = connection.prepareStatement(TARGET_TABLES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        TableId id = new TableId(row.getString(1), row.getString(2));
        if (tables.contains(id)) {
          found.put(
              id,
              new PostgresPreflightTarget.Table(
                  missing.getOrDefault(id, List.of()),
                  row.getBoolean(3) && isEmpty(connection, id)));
        }
      }
    }
    try (PreparedStatement query = connection.prepareStatement(TARGET);
        ResultSet row = query.executeQuery()) {
      row.next();
      int version = row.getInt(1);
      return new PostgresPreflightTarget(
          version,
          row.getBoolean(2),
          row.getBoolean(3),
          row.getBoolean(5) || mayFollow(connection, version),
          row.getBoolean(6),
          row.getLong(4),
          found);
    }
  }

  private static boolean mayFollow(Connection connection, int version) throws SQLException {
    if (version < PARAMETER_PRIVILEGES) {
      return false;
    }
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT has_parameter_privilege('session_replication_role', 'SET')");
        ResultSet row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static boolean isEmpty(Connection connection, TableId table) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT NOT EXISTS (SELECT FROM " + table.quoted() + ")");
        ResultSet row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void relations(
      Connection connection, Set<TableId> tables, List<Relation> relations, List<TableId> unlogged)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RELATIONS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        TableId root = new TableId(row.getString(1), row.getString(2));
        TableId id = new TableId(row.getString(3), row.getString(4));
        if (row.getString(10).equals("u")) {
          unlogged.add(id);
        } else if (tables.contains(root)) {
          relations.add(
              new Relation(
                  root,
                  id,
                  PostgresCatalog.identity(row.getString(5)),
                  row.getBoolean(6),
                  row.getBoolean(7),
                  row.getBoolean(8),
                  row.getBoolean(9)));
        }
      }
    }
  }

  private static Map<String, String> slots(Connection connection) throws SQLException {
    Map<String, String> slots = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(SLOTS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        slots.put(row.getString(1), row.getString(2));
      }
    }
    return slots;
  }
}
