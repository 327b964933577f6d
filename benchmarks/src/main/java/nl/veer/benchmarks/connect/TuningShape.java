package nl.veer.benchmarks.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The table {@code t} of the tuning: a key, a number that updates change, and more columns. */
record TuningShape(List<Column> columns) {

  /**
   * @param value an expression over {@code i}
   */
  private record Column(String type, String value) {}

  TuningShape {
    columns = List.copyOf(columns);
  }

  static TuningShape named(String name) {
    return switch (name) {
      case "narrow" -> new TuningShape(narrow());
      case "unnestable" -> new TuningShape(unnestable());
      case "everyday" -> new TuningShape(everyday());
      default -> throw new IllegalArgumentException(name + " is no shape");
    };
  }

  /** Eight columns, about 180 bytes. */
  private static List<Column> narrow() {
    return List.of(
        new Column("bigint PRIMARY KEY", "i"),
        new Column("int", "i % 1000"),
        new Column("numeric(12,2)", "i / 100.0"),
        new Column("timestamptz", "TIMESTAMPTZ '2020-01-01Z' + i * INTERVAL '1.000001 second'"),
        new Column("text", "'row ' || i"),
        new Column("text", "'street ' || i"),
        new Column("varchar(40)", "'town ' || i % 100"),
        new Column("text", "repeat('n', 60)"));
  }

  private static List<Column> unnestable() {
    List<Column> columns = new ArrayList<>(narrow());
    columns.add(new Column("smallint", "i % 1000"));
    columns.add(new Column("double precision", "i / 3.0"));
    columns.add(new Column("real", "i / 7.0"));
    columns.add(new Column("boolean", "i % 2 = 0"));
    columns.add(new Column("uuid", "md5(i::text)::uuid"));
    columns.add(new Column("jsonb", "jsonb_build_object('id', i, 'tags', jsonb_build_array('a'))"));
    columns.add(new Column("json", "json_build_object('id', i)"));
    columns.add(new Column("char(5)", "'abc'"));
    columns.add(new Column("text", "NULL"));
    return columns;
  }

  private static List<Column> everyday() {
    List<Column> columns = new ArrayList<>(unnestable());
    columns.add(new Column("date", "DATE '2020-01-01' + (i % 1000)::int"));
    columns.add(new Column("timestamp", "TIMESTAMP '2020-01-01' + i * INTERVAL '1.000001 second'"));
    columns.add(new Column("time", "TIME '00:00' + i * INTERVAL '1.000001 second'"));
    columns.add(new Column("bytea", "decode(md5(i::text), 'hex')"));
    return columns;
  }

  String create() {
    List<String> definitions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      definitions.add(name(i) + " " + columns.get(i).type());
    }
    return "CREATE TABLE t (" + String.join(", ", definitions) + ")";
  }

  String insert(int from, int to) {
    return columns.stream()
        .map(Column::value)
        .collect(
            Collectors.joining(
                ", ",
                "INSERT INTO t SELECT ",
                " FROM generate_series(%d::bigint, %d) AS i".formatted(from, to)));
  }

  private static String name(int column) {
    return switch (column) {
      case 0 -> "id";
      case 1 -> "amount";
      default -> "a" + column;
    };
  }
}
