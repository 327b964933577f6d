package nl.veer.benchmarks.ground;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table to measure with, and the SQL that fills and changes it. Ids run from 1.
 *
 * @param columns the columns behind the key, as DDL
 * @param values the expressions that fill them, over {@code i}
 * @param change the assignment of an update
 * @param marked the column that an update sets to "changed"
 * @param share how many rows of it are measured for each of the narrow table's
 */
public record Shape(
    String name, String columns, String values, String change, String marked, double share) {

  /** Eight columns of everyday types, about 180 bytes. */
  public static final Shape NARROW =
      new Shape(
          "narrow",
          """
          customer int NOT NULL, amount numeric(12,2) NOT NULL, state varchar(20) NOT NULL,
          placed timestamptz NOT NULL, paid boolean NOT NULL, reference uuid NOT NULL, note text\
          """,
          """
          (i % 1000)::int, (i % 100000) / 100.0, (ARRAY['new','paid','sent','back'])[i % 4 + 1],
          TIMESTAMPTZ '2020-01-01Z' + i * INTERVAL '1 second', i % 2 = 0, md5(i::text)::uuid,
          'order ' || i || ' of the measurement with the words that people leave beside one'\
          """,
          "amount = amount + 1, state = 'changed'",
          "state",
          1);

  /** Sixty columns of everyday types, about two kilobytes. */
  public static final Shape WIDE =
      new Shape("wide", wideColumns(), wideValues(), "c2 = c2 + 1, c10 = 'changed'", "c10", 0.2);

  /** A text of twenty kilobytes, which is stored outside of the row and does not compress well. */
  public static final Shape TOASTED =
      new Shape(
          "toasted",
          "title text NOT NULL, body text NOT NULL",
          """
          'document ' || i,
          (SELECT string_agg(md5((i * 1000 + part)::text), '') FROM generate_series(1, 625) AS part)\
          """,
          "title = 'changed'",
          "title",
          0.02);

  public static final List<Shape> ALL = List.of(NARROW, WIDE, TOASTED);

  private static final int WIDE_COLUMNS = 59;

  private static String wideColumns() {
    return IntStream.rangeClosed(1, WIDE_COLUMNS)
        .mapToObj(column -> "c" + column + " " + type(column))
        .collect(Collectors.joining(", "));
  }

  private static String wideValues() {
    return IntStream.rangeClosed(1, WIDE_COLUMNS)
        .mapToObj(Shape::value)
        .collect(Collectors.joining(", "));
  }

  private static String type(int column) {
    return switch ((column - 1) % 10) {
      case 0 -> "int";
      case 1 -> "bigint";
      case 2 -> "numeric(12,2)";
      case 3 -> "double precision";
      case 4 -> "boolean";
      case 5 -> "date";
      case 6 -> "timestamptz";
      case 7 -> "timestamp";
      case 8 -> "varchar(120)";
      default -> "text";
    };
  }

  private static String value(int column) {
    return switch ((column - 1) % 10) {
      case 0 -> "(i + %d)::int".formatted(column);
      case 1 -> "i * %d".formatted(column);
      case 2 -> "(i %% 1000000) / 100.0 + %d".formatted(column);
      case 3 -> "i / 3.0 + %d".formatted(column);
      case 4 -> "i %% 2 = %d".formatted(column % 2);
      case 5 -> "DATE '2020-01-01' + (i %% 1000)::int + %d".formatted(column);
      case 6 -> "TIMESTAMPTZ '2020-01-01Z' + i * INTERVAL '1 second'";
      case 7 -> "TIMESTAMP '2020-01-01' + i * INTERVAL '1 second'";
      case 8 -> "'street and number ' || i || repeat(' in the town of the wide rows', 3)";
      default -> "md5((i + %d)::text) || repeat(md5(i::text), 3)".formatted(column);
    };
  }

  /** So many tables like this one. */
  public List<Shape> times(int tables) {
    return IntStream.rangeClosed(1, tables)
        .mapToObj(table -> new Shape(name + "_" + table, columns, values, change, marked, share))
        .toList();
  }

  /** So many rows of this table take about as long as those of the narrow one. */
  public long rows(long narrow) {
    return Math.max(1_000, Math.round(narrow * share));
  }

  public String create() {
    return "CREATE TABLE " + name + " (id bigint PRIMARY KEY, " + columns + ")";
  }

  /** Inserts the rows {@code from … to}, both inclusive. */
  public String insert(long from, long to) {
    return "INSERT INTO %s SELECT i, %s FROM generate_series(%d::bigint, %d) AS i"
        .formatted(name, values, from, to);
  }

  public String update(long from, long to) {
    return "UPDATE %s SET %s WHERE id BETWEEN %d AND %d".formatted(name, change, from, to);
  }

  /** Yields a text that is the same wherever the same rows are. */
  /** Whether the JDBC sink can write its columns as arrays: not those of dates without a zone. */
  boolean unnests() {
    return !columns.matches("(?s).*\\b(date|timestamp|bytea)\\b.*");
  }

  /** Holds of a row that an update has met. */
  public String changed() {
    return marked + " = 'changed'";
  }

  public String delete(long from, long to) {
    return "DELETE FROM %s WHERE id BETWEEN %d AND %d".formatted(name, from, to);
  }
}
