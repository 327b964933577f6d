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
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.RefusedColumn;
import nl.veer.connectors.dialect.postgres.PostgresType.Part;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** Which columns' types cannot be carried, as the source's catalog has them. Changes nothing. */
public final class PostgresColumnTypes {
  private static final String COLUMNS =
      """
      SELECT w.nspname, w.relname, a.attname, a.atttypid
      FROM wanted w JOIN pg_class c ON c.oid = w.oid JOIN pg_attribute a ON a.attrelid = w.oid
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0
        AND NOT a.attisdropped AND a.attgenerated = ''
        AND w.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
      ORDER BY 1, 2, a.attnum
      """;

  /** The types, and all that they are made of; whole is 0 where a type is asked for itself. */
  private static final String TYPES =
      """
      WITH RECURSIVE part(whole, oid, place, role) AS (
        SELECT 0::oid, asked, 0, NULL::text COLLATE "C" FROM unnest(?::oid[]) asked
        UNION
        SELECT t.oid, i.oid, i.place, i.role COLLATE "C"
        FROM part p JOIN pg_type t ON t.oid = p.oid CROSS JOIN LATERAL (
          SELECT t.typbasetype, 0, 'the base type' WHERE t.typtype = 'd'
          UNION ALL
          SELECT e.oid, 0, 'the elements' FROM pg_type e WHERE e.typarray = t.oid
          UNION ALL
          SELECT r.rngsubtype, 0, 'the bounds' FROM pg_range r
          WHERE r.rngtypid = t.oid OR r.rngmultitypid = t.oid
          UNION ALL
          SELECT a.atttypid, a.attnum, 'field ' || quote_ident(a.attname) FROM pg_attribute a
          WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0
            AND NOT a.attisdropped) i(oid, place, role))
      SELECT p.whole, p.oid, p.role, format_type(t.oid, NULL),
             n.nspname = 'pg_catalog' AND t.oid < 16384, t.typname, t.typtype,
             (SELECT e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
              WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
                AND d.refclassid = 'pg_extension'::regclass)
      FROM part p JOIN pg_type t ON t.oid = p.oid JOIN pg_namespace n ON n.oid = t.typnamespace
      ORDER BY p.whole, p.place
      """;

  private PostgresColumnTypes() {}

  /** Columns of these tables whose values cannot be carried exactly. */
  public static List<RefusedColumn> refused(Connection connection, Set<TableId> tables)
      throws SQLException {
    List<Column> columns = columns(connection, tables);
    Set<Long> types = new HashSet<>();
    columns.forEach(column -> types.add(column.type()));
    Map<Long, String> refusals = refusals(connection, types);
    List<RefusedColumn> refused = new ArrayList<>();
    for (Column column : columns) {
      String reason = refusals.get(column.type());
      if (reason != null) {
        refused.add(new RefusedColumn(column.table(), column.name(), reason));
      }
    }
    return refused;
  }

  /**
   * As a failure, if there is such a column.
   *
   * @throws Failure COLUMN_TYPE
   */
  public static void require(Connection connection, Set<TableId> tables, FailureKind kind)
      throws SQLException {
    List<RefusedColumn> refused = refused(connection, tables);
    if (!refused.isEmpty()) {
      RefusedColumn first = refused.get(0);
      throw failure(kind, first.table(), first.column(), first.reason());
    }
  }

  public static Failure failure(FailureKind kind, TableId table, String column, String reason) {
    return new Failure(
        kind,
        "COLUMN_TYPE",
        "Column %s.%s of the source cannot be carried exactly: %s. Take the table out of the wave,"
                .formatted(table, column, reason)
            + " or change the column's type; veer check names all such columns.");
  }

  /** Reasons by type oid, of those that cannot be carried. A type that is gone has none. */
  public static Map<Long, String> refusals(Connection connection, Collection<Long> types)
      throws SQLException {
    int version = version(connection);
    Map<Long, String> refusals = new HashMap<>();
    Tree tree = Tree.read(connection, types);
    for (Row root : tree.parts(0)) {
      PostgresCarriedTypes.refusal(tree.type(root), version)
          .ifPresent(reason -> refusals.put(root.oid(), reason));
    }
    return refusals;
  }

  private record Column(TableId table, String name, long type) {}

  private static List<Column> columns(Connection connection, Set<TableId> tables)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query = PostgresWanted.prepare(connection, COLUMNS, tables);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        columns.add(
            new Column(
                new TableId(row.getString(1), row.getString(2)), row.getString(3), row.getLong(4)));
      }
    }
    return columns;
  }

  private static int version(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT current_setting('server_version_num')::int");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private record Row(
      long oid,
      String role,
      String written,
      boolean builtIn,
      String name,
      char kind,
      @Nullable String extension) {}

  private record Tree(Map<Long, List<Row>> partsOfWhole) {

    static Tree read(Connection connection, Collection<Long> types) throws SQLException {
      Map<Long, List<Row>> parts = new HashMap<>();
      try (PreparedStatement query = connection.prepareStatement(TYPES)) {
        query.setArray(1, connection.createArrayOf("int8", types.toArray()));
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            parts.computeIfAbsent(row.getLong(1), any -> new ArrayList<>()).add(row(row));
          }
        }
      }
      return new Tree(parts);
    }

    private static Row row(ResultSet row) throws SQLException {
      String role = row.getString(3);
      return new Row(
          row.getLong(2),
          role == null ? "" : role,
          row.getString(4),
          row.getBoolean(5),
          row.getString(6),
          row.getString(7).charAt(0),
          row.getString(8));
    }

    List<Row> parts(long whole) {
      return partsOfWhole.getOrDefault(whole, List.of());
    }

    PostgresType type(Row row) {
      return new PostgresType(
          row.written(),
          row.builtIn(),
          row.name(),
          row.kind(),
          row.extension(),
          parts(row.oid()).stream().map(part -> new Part(part.role(), type(part))).toList());
    }
  }
}
