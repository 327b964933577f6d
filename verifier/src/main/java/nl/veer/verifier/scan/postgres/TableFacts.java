package nl.veer.verifier.scan.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;

/**
 * What one side's catalog says of a table, as far as a scan needs it.
 *
 * @param key names of the primary key's columns, in key order; empty if there is none
 * @param estimatedRows -1 if there are no statistics
 * @param logTellsKeys whether the log identifies rows by the primary key, or whole
 */
public record TableFacts(
    boolean partitioned,
    List<Column> columns,
    List<String> key,
    long estimatedRows,
    boolean logTellsKeys) {

  /**
   * A column.
   *
   * @param type as SQL writes it
   * @param base name of the type without its modifiers; of a domain that of what it is made of
   * @param binary whether its texts are ordered byte by byte
   */
  public record Column(String name, String type, String base, boolean notNull, boolean binary) {}

  /** All tables that hold rows, or some of them; partitions belong to their root. */
  private static final String TABLES =
      """
      SELECT n.nspname, c.relname, c.relkind = 'p',
             coalesce((SELECT array_agg(a.attname::text ORDER BY k.ordinality)
                       FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality)
                            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                       WHERE i.indrelid = c.oid AND i.indisprimary AND i.indimmediate
                         AND k.ordinality <= i.indnkeyatts), '{}'::text[]),
             CASE WHEN c.relkind = 'r' AND c.reltuples >= 0 AND c.relpages > 0
                  THEN (c.reltuples / c.relpages * pg_relation_size(c.oid)
                        / current_setting('block_size')::int)::bigint
                  ELSE -1 END,
             CASE c.relkind
               WHEN 'r' THEN c.relreplident IN ('d', 'f')
               ELSE NOT EXISTS (SELECT FROM pg_partition_tree(c.oid) p
                                     JOIN pg_class leaf ON leaf.oid = p.relid
                                WHERE p.isleaf AND leaf.relreplident NOT IN ('d', 'f')) END
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
        AND n.nspname !~ '^pg_temp_'
      """;

  private static final String COLUMNS =
      """
      SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
             CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END::regtype::text,
             a.attnotnull,
             CASE o.collprovider
               WHEN 'c' THEN o.collcollate IN ('C', 'POSIX')
               WHEN 'd' THEN coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c'
                             AND d.datcollate IN ('C', 'POSIX')
               ELSE false END
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_type t ON t.oid = a.atttypid
           JOIN pg_database d ON d.datname = current_database()
           LEFT JOIN pg_collation o ON o.oid = a.attcollation
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
        AND n.nspname !~ '^pg_temp_' AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY c.oid, a.attnum
      """;

  public TableFacts {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** Reads them all. Types carry their schema unless it is pg_catalog: nothing else is searched. */
  public static Map<TableId, TableFacts> read(Connection connection) throws SQLException {
    Map<TableId, List<Column>> columns = columns(connection);
    Map<TableId, TableFacts> tables = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(TABLES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        TableId id = new TableId(row.getString(1), row.getString(2));
        tables.put(
            id,
            new TableFacts(
                row.getBoolean(3),
                columns.getOrDefault(id, List.of()),
                List.of((String[]) row.getArray(4).getArray()),
                row.getLong(5),
                row.getBoolean(6)));
      }
    }
    return tables;
  }

  private static Map<TableId, List<Column>> columns(Connection connection) throws SQLException {
    Map<TableId, List<Column>> columns = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        columns
            .computeIfAbsent(
                new TableId(row.getString(1), row.getString(2)), any -> new ArrayList<>())
            .add(
                new Column(
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBoolean(6),
                    row.getBoolean(7)));
      }
    }
    return columns;
  }

  /** The column of this name; null if there is none. */
  public @org.jspecify.annotations.Nullable Column column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElse(null);
  }
}
