package nl.veer.sandbox.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the oracle must know of a table to copy it in a fixed order.
 *
 * @param columns each as "name type", in name order
 * @param key the primary key's columns as ordering expressions; empty: none
 */
record TableShape(Name name, List<String> columns, List<String> columnNames, List<String> key) {
  private static final String TABLES =
      """
      SELECT c.relname FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      """;
  // Whole numbers, uuids and times have one order everywhere; any other key is ordered by its text,
  // byte by byte, because collations and enum orders may differ between the sides.
  private static final String COLUMNS =
      """
      SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), k.place,
        a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'uuid'::regtype,
          'date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
      FROM pg_catalog.pg_attribute a
      LEFT JOIN pg_catalog.pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
      LEFT JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, place) ON k.attnum = a.attnum
      WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attname COLLATE "C"
      """;

  TableShape {
    columns = List.copyOf(columns);
    columnNames = List.copyOf(columnNames);
    key = List.copyOf(key);
  }

  /** A table's name. */
  record Name(String schema, String table) implements Comparable<Name> {
    private static final Comparator<Name> ORDER =
        Comparator.comparing(Name::schema).thenComparing(Name::table);

    String quoted() {
      return quote(schema) + "." + quote(table);
    }

    @Override
    public int compareTo(Name other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return schema + "." + table;
    }
  }

  private record KeyColumn(long place, String expression) {}

  static List<Name> names(Connection connection, String schema) throws SQLException {
    List<Name> names = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(new Name(schema, rows.getString(1)));
        }
      }
    }
    return names;
  }

  static TableShape of(Connection connection, Name name) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> columnNames = new ArrayList<>();
    List<KeyColumn> key = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, name.quoted());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String column = quote(rows.getString(1));
          columnNames.add(column);
          columns.add(column + " " + rows.getString(2));
          if (rows.getLong(3) > 0) {
            key.add(new KeyColumn(rows.getLong(3), ordering(column, rows.getBoolean(4))));
          }
        }
      }
    }
    key.sort(Comparator.comparingLong(KeyColumn::place));
    return new TableShape(
        name, columns, columnNames, key.stream().map(KeyColumn::expression).toList());
  }

  private static String ordering(String column, boolean sameOrderEverywhere) {
    return "t." + (sameOrderEverywhere ? column : column + "::text COLLATE \"C\"");
  }

  private static String quote(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** The whole table in key order; without a key, in the order of the rows' own text. */
  String copyStatement() {
    List<String> selected = columnNames.stream().map(column -> "t." + column).toList();
    String list = String.join(", ", selected);
    String order = key.isEmpty() ? "ROW(" + list + ")::text COLLATE \"C\"" : String.join(", ", key);
    return "COPY (SELECT "
        + list
        + " FROM "
        + name.quoted()
        + " t ORDER BY "
        + order
        + ") TO STDOUT";
  }
}
