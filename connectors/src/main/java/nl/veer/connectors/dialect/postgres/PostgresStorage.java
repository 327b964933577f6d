package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import nl.veer.connectors.dialect.TableSchema;
import org.jspecify.annotations.Nullable;

/**
 * Where a table's rows and columns lie. PostgreSQL's snapshots do not cover a table that is
 * rewritten (a rewriting ALTER, VACUUM FULL, CLUSTER, TRUNCATE): an older snapshot finds it empty,
 * without an error. Equal before and after a reading, the reading saw everything.
 *
 * @param files per leaf partition, by OID, the number of its file
 * @param columns number, name and type of the columns that are read
 */
record PostgresStorage(TreeMap<Long, Long> files, @Nullable String columns) {
  /** With the table itself, so that a partitioned one without partitions has its columns too. */
  private static final String FILES =
      """
      SELECT c.oid, pg_relation_filenode(c.oid)
      FROM pg_class c
      WHERE c.relkind = 'r'
        AND (c.oid = ?::text::regclass
             OR c.oid IN (SELECT t.relid FROM pg_partition_tree(?::text::regclass) t))
      """;

  private static final String COLUMNS =
      """
      SELECT string_agg(concat_ws(':', a.attnum, a.attname, a.atttypid, a.atttypmod), ','
                        ORDER BY a.attnum)
      FROM pg_attribute a
      WHERE a.attrelid = ?::text::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attname = ANY (?)
      """;

  /** Reads it as it is now; the connection must be in no transaction. */
  static PostgresStorage read(Connection connection, TableSchema table) throws SQLException {
    TreeMap<Long, Long> files = new TreeMap<>();
    String name = table.id().quoted();
    try (PreparedStatement query = connection.prepareStatement(FILES)) {
      query.setString(1, name);
      query.setString(2, name);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          files.put(row.getLong(1), row.getLong(2));
        }
      }
    }
    return new PostgresStorage(files, columns(connection, name, table.writtenColumns()));
  }

  private static @Nullable String columns(Connection connection, String table, List<String> names)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, table);
      query.setArray(2, connection.createArrayOf("text", names.toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
