package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Reads tables of the target as changes are written to them. All in two questions, for a leg begins
 * while writes are refused.
 */
final class PostgresTargetCatalog {
  private static final String COLUMNS =
      """
      SELECT w.nspname, w.relname, a.attname, a.attgenerated <> '',
             CASE WHEN n.nspname = 'pg_catalog' THEN format_type(b.oid, -1)
                  ELSE quote_ident(n.nspname) || '.' || quote_ident(b.typname) END,
             b.typtype = 'e' OR n.nspname = 'pg_catalog' AND b.typname IN
               ('bool', 'int2', 'int4', 'int8', 'oid', 'text', 'varchar', 'bpchar', 'char', 'bytea',
                'date', 'time', 'timestamp', 'timestamptz', 'uuid')
               AND NOT EXISTS (SELECT FROM pg_collation l
                               WHERE l.oid = a.attcollation AND NOT l.collisdeterministic),
             a.attidentity = 'a', w.relkind = 'p',
             (SELECT 'OPERATOR(' || quote_ident(os.nspname) || '.' || o.oprname || ')'
              FROM pg_opclass x JOIN pg_am m ON m.oid = x.opcmethod
                   JOIN pg_amop ao ON ao.amopfamily = x.opcfamily AND ao.amoplefttype = b.oid
                     AND ao.amoprighttype = b.oid AND ao.amopstrategy = 3
                   JOIN pg_operator o ON o.oid = ao.amopopr
                   JOIN pg_namespace os ON os.oid = o.oprnamespace
              WHERE m.amname = 'btree' AND x.opcintype = b.oid AND x.opcdefault),
             b.oid >= 16384 AND EXISTS (
               SELECT FROM pg_cast k
               WHERE k.castmethod = 'f' AND 'text'::regtype IN (k.castsource, k.casttarget)
                 AND b.oid IN (k.castsource, k.casttarget)
                 AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_cast'::regclass
                                 AND e.objid = k.oid AND e.deptype = 'e'))
      FROM wanted w JOIN pg_attribute a ON a.attrelid = w.oid
           CROSS JOIN LATERAL (
             WITH RECURSIVE base(oid, next, kind) AS (
               SELECT t.oid, t.typbasetype, t.typtype FROM pg_type t WHERE t.oid = a.atttypid
               UNION ALL
               SELECT t.oid, t.typbasetype, t.typtype FROM base JOIN pg_type t ON t.oid = next)
             SELECT oid FROM base WHERE kind <> 'd') domainless
           JOIN pg_type b ON b.oid = domainless.oid
           JOIN pg_namespace n ON n.oid = b.typnamespace
      WHERE w.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY w.oid, a.attnum
      """;

  /** The columns that some unique index tells rows apart by. */
  private static final String UNIQUE_KEYS =
      """
      SELECT w.nspname, w.relname,
             (SELECT array_agg(a.attname::text)
              FROM unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality)
                   JOIN pg_attribute a ON a.attrelid = w.oid AND a.attnum = k.attnum
              WHERE k.ordinality <= i.indnkeyatts)
      FROM wanted w JOIN pg_index i ON i.indrelid = w.oid
      WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
      """;

  private PostgresTargetCatalog() {}

  /** A table as its columns tell. */
  private static final class Columns {
    private final List<TargetTable.Column> written = new ArrayList<>();
    private final Set<String> generated = new HashSet<>();
    private boolean partitioned;
  }

  /**
   * Reads tables.
   *
   * @param keys of each, the names of the columns that identify a row in the source's log
   */
  static Map<TableId, TargetTable> tables(Connection connection, Map<TableId, List<String>> keys)
      throws SQLException {
    Map<TableId, Columns> columns = columns(connection, keys.keySet());
    Map<TableId, Set<Set<String>>> unique = uniqueKeys(connection, keys.keySet());
    Map<TableId, TargetTable> tables = new LinkedHashMap<>();
    keys.forEach(
        (id, key) ->
            tables.put(
                id,
                table(
                    id,
                    columns.getOrDefault(id, new Columns()),
                    key,
                    unique.getOrDefault(id, Set.of()).contains(Set.copyOf(key)))));
    return tables;
  }

  private static TargetTable table(TableId id, Columns columns, List<String> key, boolean unique) {
    if (columns.written.isEmpty()) {
      throw new Failure(
          FailureKind.TARGET_DATA,
          "TABLE_MISSING",
          "The target has no table " + id + ". Create it there as it is on the source.");
    }
    return new TargetTable(
        id,
        columns.written,
        columns.generated,
        indexes(id, columns.written, key),
        columns.partitioned,
        unique);
  }

  private static Map<TableId, Columns> columns(Connection connection, Set<TableId> ids)
      throws SQLException {
    Map<TableId, Columns> tables = new HashMap<>();
    try (PreparedStatement query = PostgresWanted.prepare(connection, COLUMNS, ids);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        TableId id = new TableId(row.getString(1), row.getString(2));
        Columns table = tables.computeIfAbsent(id, any -> new Columns());
        table.partitioned = row.getBoolean(8);
        if (row.getBoolean(4)) {
          table.generated.add(row.getString(3));
        } else {
          table.written.add(column(id, row));
        }
      }
    }
    return tables;
  }

  private static Map<TableId, Set<Set<String>>> uniqueKeys(Connection connection, Set<TableId> ids)
      throws SQLException {
    Map<TableId, Set<Set<String>>> keys = new HashMap<>();
    try (PreparedStatement query = PostgresWanted.prepare(connection, UNIQUE_KEYS, ids);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String[] key = (String[]) row.getArray(3).getArray();
        keys.computeIfAbsent(
                new TableId(row.getString(1), row.getString(2)), any -> new HashSet<>())
            .add(new HashSet<>(List.of(key)));
      }
    }
    return keys;
  }

  private static TargetTable.Column column(TableId id, ResultSet row) throws SQLException {
    String name = row.getString(3);
    String type = row.getString(5);
    if (row.getBoolean(10)) {
      throw new Failure(
          FailureKind.TARGET_DATA,
          "TYPE_CAST",
          "Column %s.%s of the target has a type (%s) with a cast to or from text of somebody's own,"
                  .formatted(id, name, type)
              + " which could bend values. DROP CAST there until the cutover; the wave goes on by"
              + " itself.");
    }
    String equals = row.getString(9);
    return new TargetTable.Column(
        name, type, row.getBoolean(6), row.getBoolean(7), equals == null ? "=" : equals);
  }

  private static List<Integer> indexes(
      TableId id, List<TargetTable.Column> columns, List<String> key) {
    List<String> names = columns.stream().map(TargetTable.Column::name).toList();
    for (String name : key) {
      if (!names.contains(name)) {
        throw new Failure(
            FailureKind.TARGET_DATA,
            "COLUMN_MISSING",
            "The target's table %s lacks the key's column %s. Add it there as it is on the source."
                .formatted(id, name));
      }
    }
    return key.stream().map(names::indexOf).toList();
  }
}
