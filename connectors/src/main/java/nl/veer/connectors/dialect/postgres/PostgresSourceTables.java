package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Reads what a load has to know of the source's tables. What the log says of old rows is each leaf
 * partition's own business, whatever the root says: so the leaves must agree.
 */
final class PostgresSourceTables {
  /**
   * Per leaf: whether its old rows are whole, and the columns of the index that the log identifies
   * rows by. Under FULL the primary key is good enough unless it is deferrable: then two rows may
   * share it for a while. A partitioned table without partitions speaks for itself.
   */
  private static final String IDENTITIES =
      """
      , leaf AS (
        SELECT w.oid AS root, t.relid AS oid
        FROM wanted w CROSS JOIN LATERAL pg_partition_tree(w.oid) t
        WHERE w.relkind = 'p' AND t.isleaf
      ), tree AS (
        SELECT * FROM leaf
        UNION
        SELECT w.oid, w.oid FROM wanted w
        WHERE NOT EXISTS (SELECT FROM leaf l WHERE l.root = w.oid AND l.oid <> w.oid)
      )
      SELECT w.nspname, w.relname, c.relreplident = 'f',
             coalesce((SELECT array_agg(a.attname::text ORDER BY k.ordinality)
                       FROM pg_index i
                            CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality)
                            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                       WHERE i.indrelid = c.oid AND i.indimmediate AND k.ordinality <= i.indnkeyatts
                         AND CASE c.relreplident WHEN 'i' THEN i.indisreplident
                             ELSE i.indisprimary END), '{}'::text[]),
             CASE c.relkind WHEN 'r' THEN greatest(c.reltuples, 0) ELSE 0 END::bigint,
             (greatest(c.relpages, 0) + coalesce(greatest(o.relpages, 0), 0))::bigint
               * current_setting('block_size')::bigint
      FROM tree JOIN wanted w ON w.oid = tree.root JOIN pg_class c ON c.oid = tree.oid
           LEFT JOIN pg_class o ON o.oid = c.reltoastrelid
      WHERE c.relkind IN ('r', 'p')
      """;

  private PostgresSourceTables() {}

  /** In the connection's transaction, if it has one; those that do not exist are left out. */
  static List<SourceTable> read(Connection source, List<TableId> ids) throws SQLException {
    Map<TableId, Leaves> leaves = leaves(source, ids);
    List<SourceTable> tables = new ArrayList<>();
    for (TableSchema schema : PostgresCatalog.tables(source, ids)) {
      Leaves found = leaves.get(schema.id());
      if (found != null) {
        tables.add(new SourceTable(schema, found.identity(schema.id()), found.rows, found.bytes));
      }
    }
    return tables;
  }

  /** What a table's leaf partitions say, or the table itself if it has none. */
  private static final class Leaves {
    private final Set<RowIdentity> identities = new LinkedHashSet<>();
    private long rows;
    private long bytes;

    RowIdentity identity(TableId id) {
      if (identities.size() != 1) {
        throw new Failure(
            FailureKind.SOURCE_DATA,
            "IDENTITY_DIFFERS",
            "The partitions of the source's table %s identify their rows in %d different ways. Give"
                    .formatted(id, identities.size())
                + " them all the same primary key and REPLICA IDENTITY; the wave then goes on by"
                + " itself.");
      }
      return identities.iterator().next();
    }
  }

  private static Map<TableId, Leaves> leaves(Connection source, List<TableId> ids)
      throws SQLException {
    Map<TableId, Leaves> leaves = new HashMap<>();
    try (PreparedStatement query = PostgresWanted.prepare(source, IDENTITIES, ids);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Leaves table =
            leaves.computeIfAbsent(
                new TableId(row.getString(1), row.getString(2)), any -> new Leaves());
        String[] key = (String[]) row.getArray(4).getArray();
        table.identities.add(new RowIdentity(row.getBoolean(3), List.of(key)));
        table.rows += row.getLong(5);
        table.bytes += row.getLong(6);
      }
    }
    return leaves;
  }
}
