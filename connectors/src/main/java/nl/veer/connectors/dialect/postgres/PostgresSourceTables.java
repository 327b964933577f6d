package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
      WITH tree AS (
        SELECT t.relid, t.isleaf FROM pg_partition_tree(?::text::regclass) t
        UNION
        SELECT ?::text::regclass, NOT EXISTS (
          SELECT FROM pg_partition_tree(?::text::regclass) t
          WHERE t.isleaf AND t.relid <> ?::text::regclass)
      )
      SELECT DISTINCT c.relreplident = 'f',
             coalesce((SELECT array_agg(a.attname::text ORDER BY k.ordinality)
                       FROM pg_index i
                            CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality)
                            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                       WHERE i.indrelid = c.oid AND i.indimmediate AND k.ordinality <= i.indnkeyatts
                         AND CASE c.relreplident WHEN 'i' THEN i.indisreplident
                             ELSE i.indisprimary END), '{}'::text[])
      FROM tree JOIN pg_class c ON c.oid = tree.relid
      WHERE tree.isleaf AND c.relkind IN ('r', 'p')
      """;

  private static final String ESTIMATE =
      """
      SELECT coalesce(sum(greatest(l.reltuples, 0)), 0)::bigint
      FROM pg_class l
      WHERE l.relkind = 'r'
        AND (l.oid = ?::text::regclass
             OR l.oid IN (SELECT t.relid FROM pg_partition_tree(?::text::regclass) t))
      """;

  private PostgresSourceTables() {}

  /** In the connection's transaction, if it has one; those that do not exist are left out. */
  static List<SourceTable> read(Connection source, List<TableId> ids) throws SQLException {
    Set<TableId> wanted = new HashSet<>(ids);
    List<SourceTable> tables = new ArrayList<>();
    for (TableSchema schema : PostgresCatalog.tables(source)) {
      if (wanted.contains(schema.id())) {
        tables.add(
            new SourceTable(schema, identity(source, schema.id()), estimate(source, schema.id())));
      }
    }
    return tables;
  }

  private static RowIdentity identity(Connection source, TableId id) throws SQLException {
    Set<RowIdentity> identities = new LinkedHashSet<>();
    try (PreparedStatement query = source.prepareStatement(IDENTITIES)) {
      for (int parameter = 1; parameter <= 4; parameter++) {
        query.setString(parameter, id.quoted());
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String[] key = (String[]) row.getArray(2).getArray();
          identities.add(new RowIdentity(row.getBoolean(1), List.of(key)));
        }
      }
    }
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

  private static long estimate(Connection source, TableId id) throws SQLException {
    try (PreparedStatement query = source.prepareStatement(ESTIMATE)) {
      query.setString(1, id.quoted());
      query.setString(2, id.quoted());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
