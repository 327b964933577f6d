package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.event.TableId;

/**
 * How much of a table lies in one of its leaf partitions, or in itself. Every row version stays on
 * its page, so a snapshot finds each row in exactly one range of pages, if the last is open-ended.
 *
 * @param bytes with what is stored outside of the rows
 */
record PostgresExtent(TableId table, String relation, long pages, long bytes) {
  /** Ranges of row addresses are read without passing over the whole table since this version. */
  private static final int RANGES_SINCE = 14;

  private static final String LEAVES =
      """
      , leaf AS (
        SELECT w.oid AS root, t.relid AS oid
        FROM wanted w CROSS JOIN LATERAL pg_partition_tree(w.oid) t
        WHERE w.relkind = 'p' AND t.isleaf
        UNION ALL
        SELECT oid, oid FROM wanted
      ), size AS MATERIALIZED (
        SELECT w.oid, w.nspname, w.relname,
               quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS relation,
               pg_relation_size(c.oid) AS rows,
               coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0) AS beside
        FROM leaf JOIN wanted w ON w.oid = leaf.root JOIN pg_class c ON c.oid = leaf.oid
             JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r'
      )
      SELECT nspname, relname, relation, rows / current_setting('block_size')::bigint,
             rows + beside
      FROM size
      ORDER BY sum(rows + beside) OVER (PARTITION BY oid) DESC, oid
      """;

  /** Of some tables, largest first. A partitioned one without partitions has none. */
  static List<PostgresExtent> read(Connection connection, Collection<TableId> tables)
      throws SQLException {
    boolean divided = connection.getMetaData().getDatabaseMajorVersion() >= RANGES_SINCE;
    List<PostgresExtent> extents = new ArrayList<>();
    try (PreparedStatement query = PostgresWanted.prepare(connection, LEAVES, tables);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        extents.add(
            new PostgresExtent(
                new TableId(row.getString(1), row.getString(2)),
                row.getString(3),
                divided ? row.getLong(4) : 0,
                row.getLong(5)));
      }
    }
    return extents;
  }

  /**
   * Divides it.
   *
   * @param most what a range should hold at most, about
   */
  List<Range> ranges(long most) {
    long each = bytes <= most ? pages : Math.max(1, pages * most / bytes);
    List<Range> ranges = new ArrayList<>();
    long from = 0;
    for (; pages - from > each; from += each) {
      ranges.add(new Range(table, relation, from, from + each, bytes * each / pages));
    }
    long rest = pages == 0 ? bytes : bytes * (pages - from) / pages;
    ranges.add(new Range(table, relation, from, Long.MAX_VALUE, rest));
    return ranges;
  }
}
