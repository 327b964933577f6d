package nl.veer.benchmarks.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The table {@code t}: a key, a number that updates change, and a column of each everyday type. */
record EverydayTable(List<Column> columns) {

  /**
   * @param value an expression over {@code i}
   */
  private record Column(String type, String value) {}

  EverydayTable {
    columns = List.copyOf(columns);
  }

  static EverydayTable withAllTypes() {
    return new EverydayTable(
        List.of(
            new Column("bigint PRIMARY KEY", "i"),
            new Column("int", "i % 1000"),
            new Column("numeric(12,2)", "i / 100.0"),
            new Column("timestamptz", "TIMESTAMPTZ '2020-01-01Z' + i * INTERVAL '1.000001 second'"),
            new Column("text", "'row ' || i"),
            new Column("text", "'street ' || i"),
            new Column("varchar(40)", "'town ' || i % 100"),
            new Column("text", "repeat('n', 60)"),
            new Column("smallint", "i % 1000"),
            new Column("double precision", "i / 3.0"),
            new Column("real", "i / 7.0"),
            new Column("boolean", "i % 2 = 0"),
            new Column("uuid", "md5(i::text)::uuid"),
            new Column("jsonb", "jsonb_build_object('id', i, 'tags', jsonb_build_array('a'))"),
            new Column("json", "json_build_object('id', i)"),
            new Column("char(5)", "'abc'"),
            new Column("text", "NULL"),
            new Column("date", "DATE '2020-01-01' + (i % 1000)::int"),
            new Column("timestamp", "TIMESTAMP '2020-01-01' + i * INTERVAL '1.000001 second'"),
            new Column("time", "TIME '00:00' + i * INTERVAL '1.000001 second'"),
            new Column("bytea", "decode(md5(i::text), 'hex')")));
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
