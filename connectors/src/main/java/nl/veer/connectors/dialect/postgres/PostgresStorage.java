package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.event.TableId;

/**
 * Where a table's rows and columns lie. PostgreSQL's snapshots do not cover a table that is
 * rewritten (a rewriting ALTER, VACUUM FULL, CLUSTER, TRUNCATE): an older snapshot finds it empty,
 * without an error. Equal before and after a reading, the reading saw everything.
 *
 * @param files per leaf partition, by OID, the number of its file
 * @param columns number, name and type of the columns that are read
 */
record PostgresStorage(TreeMap<Long, Long> files, List<String> columns) {
  private static final String FILES =
      """
      , tree AS (
        SELECT oid AS root, oid FROM wanted
        UNION
        SELECT w.oid, t.relid FROM wanted w CROSS JOIN LATERAL pg_partition_tree(w.oid) t
        WHERE w.relkind = 'p'
      )
      SELECT w.nspname, w.relname, c.oid, pg_relation_filenode(c.oid)
      FROM tree JOIN wanted w ON w.oid = tree.root JOIN pg_class c ON c.oid = tree.oid
      WHERE c.relkind = 'r'
      """;

  /** Of the table itself, so that a partitioned one without partitions has its columns too. */
  private static final String COLUMNS =
      """
      SELECT w.nspname, w.relname, a.attname,
             concat_ws(':', a.attnum, a.attname, a.atttypid, a.atttypmod)
      FROM wanted w JOIN pg_attribute a ON a.attrelid = w.oid
      WHERE a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  /**
   * Reads it as it is now, of those that exist; the connection must be in no transaction.
   *
   * @param tables the tables, each with the columns that are read
   */
  static Map<TableId, PostgresStorage> read(Connection connection, Collection<TableSchema> tables)
      throws SQLException {
    Map<TableId, Set<String>> read = new HashMap<>();
    tables.forEach(table -> read.put(table.id(), new HashSet<>(table.writtenColumns())));
    Map<TableId, PostgresStorage> storages = new HashMap<>();
    try (PreparedStatement query = PostgresWanted.prepare(connection, FILES, read.keySet());
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        of(storages, row).files.put(row.getLong(3), row.getLong(4));
      }
    }
    try (PreparedStatement query = PostgresWanted.prepare(connection, COLUMNS, read.keySet());
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        if (read.getOrDefault(id(row), Set.of()).contains(row.getString(3))) {
          of(storages, row).columns.add(row.getString(4));
        }
      }
    }
    return storages;
  }

  private static PostgresStorage of(Map<TableId, PostgresStorage> storages, ResultSet row)
      throws SQLException {
    return storages.computeIfAbsent(
        id(row), any -> new PostgresStorage(new TreeMap<>(), new ArrayList<>()));
  }

  private static TableId id(ResultSet row) throws SQLException {
    return new TableId(row.getString(1), row.getString(2));
  }
}
