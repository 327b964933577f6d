package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** Reads a table of the target as changes are written to it. */
final class PostgresTargetCatalog {
  private static final String COLUMNS =
      """
      SELECT a.attname, a.attgenerated <> '',
             CASE WHEN n.nspname = 'pg_catalog' THEN format_type(b.oid, -1)
                  ELSE quote_ident(n.nspname) || '.' || quote_ident(b.typname) END,
             b.typtype = 'e' OR n.nspname = 'pg_catalog' AND b.typname IN
               ('bool', 'int2', 'int4', 'int8', 'oid', 'text', 'varchar', 'bpchar', 'char', 'bytea',
                'date', 'time', 'timestamp', 'timestamptz', 'uuid')
               AND NOT EXISTS (SELECT FROM pg_collation l
                               WHERE l.oid = a.attcollation AND NOT l.collisdeterministic),
             a.attidentity = 'a', c.relkind = 'p',
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
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           JOIN pg_namespace s ON s.oid = c.relnamespace
           CROSS JOIN LATERAL (
             WITH RECURSIVE base(oid, next, kind) AS (
               SELECT t.oid, t.typbasetype, t.typtype FROM pg_type t WHERE t.oid = a.atttypid
               UNION ALL
               SELECT t.oid, t.typbasetype, t.typtype FROM base JOIN pg_type t ON t.oid = next)
             SELECT oid FROM base WHERE kind <> 'd') domainless
           JOIN pg_type b ON b.oid = domainless.oid
           JOIN pg_namespace n ON n.oid = b.typnamespace
      WHERE s.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  private static final String HAS_UNIQUE_INDEX =
      """
      SELECT EXISTS (
        SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
             JOIN pg_namespace s ON s.oid = c.relnamespace
        WHERE s.nspname = ? AND c.relname = ? AND i.indisunique AND i.indisvalid
          AND i.indpred IS NULL AND i.indexprs IS NULL
          AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text COLLATE "C")
               FROM unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality)
                    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
               WHERE k.ordinality <= i.indnkeyatts)
            = (SELECT array_agg(x ORDER BY x COLLATE "C") FROM unnest(?::text[]) x))
      """;

  private PostgresTargetCatalog() {}

  static TargetTable table(Connection connection, TableId id, List<String> key)
      throws SQLException {
    List<TargetTable.Column> columns = new ArrayList<>();
    Set<String> generated = new HashSet<>();
    boolean partitioned = false;
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, id.schema());
      query.setString(2, id.name());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          partitioned = row.getBoolean(6);
          if (row.getBoolean(2)) {
            generated.add(row.getString(1));
          } else {
            columns.add(column(id, row));
          }
        }
      }
    }
    if (columns.isEmpty()) {
      throw new Failure(
          FailureKind.TARGET_DATA,
          "TABLE_MISSING",
          "The target has no table " + id + ". Create it there as it is on the source.");
    }
    return new TargetTable(
        id,
        columns,
        generated,
        indexes(id, columns, key),
        partitioned,
        !key.isEmpty() && hasUniqueIndex(connection, id, key));
  }

  private static TargetTable.Column column(TableId id, ResultSet row) throws SQLException {
    String name = row.getString(1);
    String type = row.getString(3);
    if (row.getBoolean(8)) {
      throw new Failure(
          FailureKind.TARGET_DATA,
          "TYPE_CAST",
          "Column %s.%s of the target has a type (%s) with a cast to or from text of somebody's own,"
                  .formatted(id, name, type)
              + " which could bend values. DROP CAST there until the cutover; the wave goes on by"
              + " itself.");
    }
    String equals = row.getString(7);
    return new TargetTable.Column(
        name, type, row.getBoolean(4), row.getBoolean(5), equals == null ? "=" : equals);
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

  private static boolean hasUniqueIndex(Connection connection, TableId id, List<String> key)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HAS_UNIQUE_INDEX)) {
      query.setString(1, id.schema());
      query.setString(2, id.name());
      query.setArray(3, connection.createArrayOf("text", key.toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
