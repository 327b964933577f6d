package nl.veer.control.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tables with a column for every type of a list, and one for its array, and the statements that
 * fill them. Column {@code c7} is of the list's type 7, {@code a7} of its array. Row {@code n} has
 * each type's value n; the row behind the last value is all NULL. Pure.
 */
record TypeTables(List<TypeRow> rows) {
  /** An index takes 32 columns and 2,700 bytes. */
  static final int TYPES_PER_KEY = 8;

  private static final int ARRAY_SHAPES = 6;

  TypeTables {
    rows = List.copyOf(rows);
  }

  /** How many rows it takes to show every value; one more is all NULL. */
  int size() {
    return Math.max(
        ARRAY_SHAPES, rows.stream().mapToInt(row -> row.values().size()).max().orElseThrow());
  }

  String create(String table) {
    return "CREATE TABLE %s (id int PRIMARY KEY, n int, %s)".formatted(table, columns(true));
  }

  String createKeyless(String table) {
    return "CREATE TABLE %s (n int, %s)".formatted(table, columns(false));
  }

  /** Only for a list of as many types as fit into a key. */
  String createKeyed(String table) {
    String key = String.join(", ", scalars().map(i -> "c" + i).toList());
    return "CREATE TABLE %s (%s, n int, PRIMARY KEY (%s))".formatted(table, columns(false), key);
  }

  private String columns(boolean arrays) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      columns.add("c" + i + " " + rows.get(i).declared());
      if (arrays) {
        columns.add("a" + i + " " + rows.get(i).declared() + "[]");
      }
    }
    return String.join(", ", columns);
  }

  String insert(String table, int id, int number) {
    return "INSERT INTO %s VALUES (%d, 0, %s)".formatted(table, id, values(number, true));
  }

  String insertKeyless(String table, int number) {
    return "INSERT INTO %s VALUES (0, %s)".formatted(table, values(number, false));
  }

  String insertKeyed(String table, int number) {
    return "INSERT INTO %s VALUES (%s, 0) ON CONFLICT DO NOTHING"
        .formatted(table, values(number, false));
  }

  private String values(int number, boolean arrays) {
    List<String> values = new ArrayList<>();
    for (TypeRow row : rows) {
      values.add(number == size() ? row.nullSql() : row.sql(number));
      if (arrays) {
        values.add(number == size() ? "NULL" : array(row, number));
      }
    }
    return String.join(", ", values);
  }

  /** Sets every column of the row with this id to value number n. */
  String update(String table, int id, int number) {
    List<String> sets = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      TypeRow row = rows.get(i);
      sets.add("c" + i + " = " + (number == size() ? row.nullSql() : row.sql(number)));
      sets.add("a" + i + " = " + (number == size() ? "NULL" : array(row, number)));
    }
    return "UPDATE %s SET %s WHERE id = %d".formatted(table, String.join(", ", sets), id);
  }

  /** Arrays of several dimensions, with NULLs, other lower bounds, or nothing in them. */
  private static String array(TypeRow row, int number) {
    String a = row.sql(number);
    String b = row.sql(number + 1);
    String none = row.nullSql();
    String type = "::" + row.declared() + "[]";
    return switch (number % ARRAY_SHAPES) {
      case 0 -> "ARRAY[%s, %s, %s]".formatted(a, none, b) + type;
      case 1 -> "ARRAY[[%s, %s], [%s, %s]]".formatted(a, b, b, none) + type;
      case 2 -> "('[-1:0]=' || (ARRAY[%s, %s]%s)::pg_catalog.text)".formatted(a, b, type) + type;
      case 3 -> "'{}'" + type;
      case 4 -> "ARRAY[%s]".formatted(none) + type;
      default -> "ARRAY[[[%s]], [[%s]]]".formatted(a, b) + type;
    };
  }

  /** A table whose values are all so large that they are kept outside of the row. */
  List<String> createOutside(String table) {
    List<String> columns = new ArrayList<>();
    List<String> storage = new ArrayList<>();
    large()
        .forEach(
            i -> {
              columns.add("c" + i + " " + rows.get(i).declared());
              storage.add("ALTER c" + i + " SET STORAGE EXTERNAL");
            });
    arrays()
        .forEach(
            i -> {
              columns.add("a" + i + " " + rows.get(i).declared() + "[]");
              storage.add("ALTER a" + i + " SET STORAGE EXTERNAL");
            });
    return List.of(
        "CREATE TABLE %s (id int PRIMARY KEY, n int, %s)"
            .formatted(table, String.join(", ", columns)),
        "ALTER TABLE %s %s".formatted(table, String.join(", ", storage)));
  }

  String insertOutside(String table, int id) {
    Stream<String> values = large().map(i -> rows.get(i).large().orElseThrow());
    Stream<String> arrays = arrays().map(i -> longArray(rows.get(i)));
    return "INSERT INTO %s VALUES (%d, 0, %s)"
        .formatted(table, id, String.join(", ", Stream.concat(values, arrays).toList()));
  }

  private static String longArray(TypeRow row) {
    String value = row.sql(0);
    return "ARRAY(SELECT %s FROM generate_series(1, 4000 / greatest(1, pg_column_size(%s)) + 9))"
        .formatted(value, value);
  }

  /** Columns of the table of large values. */
  List<String> outsideColumns() {
    return Stream.concat(large().map(i -> "c" + i), arrays().map(i -> "a" + i)).toList();
  }

  private Stream<Integer> large() {
    return scalars().filter(i -> rows.get(i).large().isPresent());
  }

  /** The vectors are arrays themselves, which a query makes another kind of array of. */
  private Stream<Integer> arrays() {
    return scalars().filter(i -> !rows.get(i).declared().matches("(int2|oid)vector"));
  }

  private Stream<Integer> scalars() {
    return IntStream.range(0, rows.size()).boxed();
  }

  /** The types that can be keys, in lists that fit into one. */
  List<TypeTables> keys() {
    List<TypeRow> able = rows.stream().filter(TypeRow::key).toList();
    List<TypeTables> keys = new ArrayList<>();
    for (int from = 0; from < able.size(); from += TYPES_PER_KEY) {
      int to = Math.min(able.size(), from + TYPES_PER_KEY);
      keys.add(new TypeTables(able.subList(from, to)));
    }
    return keys;
  }
}
