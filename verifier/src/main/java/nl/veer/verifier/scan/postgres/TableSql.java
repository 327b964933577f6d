package nl.veer.verifier.scan.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;

/** The statements about one table on one side. Pure; parameters are the bounds of a range. */
final class TableSql {
  private final ScanTable table;
  private final RowHash hash;
  private final Side side;

  TableSql(ScanTable table, RowHash hash, Side side) {
    this.table = table;
    this.hash = hash;
    this.side = side;
  }

  /** A statement and its parameters, all texts. */
  record Query(String sql, List<String> parameters) {}

  /** Rows and lanes' sums of a range: one row. */
  Query sum(KeyRange range) {
    List<String> parameters = new ArrayList<>();
    String rows = hash.digests(wholeRow(), "", "", from() + where(range, parameters));
    return new Query(
        "SELECT pg_catalog.count(*), pg_catalog.sum(h1), pg_catalog.sum(h2) FROM (" + rows + ") r",
        parameters);
  }

  /**
   * The same for each bucket of a range, and a last row without a bucket for all of them: so that a
   * result that was cut off is told from a small table.
   */
  Query buckets(KeyRange range, int buckets) {
    List<String> parameters = new ArrayList<>();
    return new Query(
        "SELECT b, pg_catalog.count(*), pg_catalog.sum(h1), pg_catalog.sum(h2) FROM ("
            + bucketed(range, buckets, parameters)
            + ") r GROUP BY GROUPING SETS ((b), ())",
        parameters);
  }

  /** Key columns' texts, count and lanes' sums of the rows in some buckets of a range. */
  Query rows(KeyRange range, int buckets, List<Integer> wanted) {
    List<String> parameters = new ArrayList<>();
    String rows = bucketed(range, buckets, parameters);
    String list = wanted.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new Query(
        grouped("SELECT * FROM (" + rows + ") s WHERE b IN (" + list + ")"), parameters);
  }

  /** The same for the rows with these keys; each parameter is one key column's texts. */
  String rowsOfKeys() {
    String wanted =
        IntStream.range(0, table.key().size())
            .mapToObj(i -> "pg_catalog.unnest(?::text[]) AS w" + i)
            .collect(Collectors.joining(", "));
    String join =
        IntStream.range(0, table.key().size())
            .mapToObj(i -> wanted(i, "w.w" + i))
            .collect(Collectors.joining(" AND "));
    String from = "%s, (SELECT %s) AS w WHERE %s".formatted(from(), wanted, join);
    return grouped(hash.digests(wholeRow(), keyTexts(), keyNames(), from));
  }

  /**
   * The first condition finds it by the index. The second is about one key only: 1.0 and 1.00 are
   * two keys of one row, as are two writings of a word where the collation is blind to case.
   */
  private String wanted(int index, String text) {
    String column = column(index);
    String found = table.key().get(index).found();
    String same = "%s::text COLLATE \"C\" = %s".formatted(column, text);
    return found == null ? same : "%s = CAST(%s AS %s) AND %s".formatted(column, text, found, same);
  }

  /** The texts of all compared columns of one row; parameters are its key's texts. */
  String columns() {
    String condition =
        IntStream.range(0, table.key().size())
            .mapToObj(i -> wanted(i, "k.t" + i))
            .collect(Collectors.joining(" AND "));
    String key =
        IntStream.range(0, table.key().size())
            .mapToObj(i -> "CAST(? AS text) AS t" + i)
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s, (SELECT %s) AS k WHERE %s"
        .formatted(
            table.columns().stream()
                .map(name -> value(name) + "::text")
                .collect(Collectors.joining(", ")),
            from(),
            key,
            condition);
  }

  /** The key that stands this many rows behind another. */
  Query bound(KeyRange behind, long rows) {
    List<String> parameters = new ArrayList<>();
    String order =
        IntStream.range(0, table.key().size())
            .mapToObj(this::ordered)
            .collect(Collectors.joining(", "));
    String where = where(behind, parameters);
    return new Query(
        "SELECT %s FROM %s%s ORDER BY %s OFFSET %d LIMIT 1"
            .formatted(keyTexts().substring(2), from(), where, order, rows - 1),
        parameters);
  }

  /** How many rows the table has. */
  String count() {
    return "SELECT pg_catalog.count(*) FROM " + from();
  }

  /**
   * The numbers of the chunks in which keys are, each once. Chunk 0 ends with the first bound, that
   * one included. Parameters are the bounds' texts, an array per key column, and then the keys'.
   * Only the database knows its order, so it sorts both together and counts the bounds before a
   * key.
   */
  String chunksOfKeys() {
    int width = table.key().size();
    String order =
        IntStream.range(0, width)
            .mapToObj(i -> "k" + i + (table.key().get(i).text() ? " COLLATE \"C\"" : ""))
            .collect(Collectors.joining(", "));
    return ("SELECT DISTINCT n FROM (SELECT wanted, pg_catalog.count(*) FILTER (WHERE NOT wanted)"
            + " OVER (ORDER BY %s, wanted DESC ROWS UNBOUNDED PRECEDING) AS n"
            + " FROM (SELECT false AS wanted, %s UNION ALL SELECT true, %s) s) c WHERE wanted")
        .formatted(order, unnested(width), unnested(width));
  }

  /** In a type that takes each side's keys as they are: with a length or scale it might not. */
  private String unnested(int width) {
    return IntStream.range(0, width)
        .mapToObj(
            i ->
                "CAST(pg_catalog.unnest(?::text[]) AS %s) AS k%d"
                    .formatted(table.key().get(i).found(), i))
        .collect(Collectors.joining(", "));
  }

  private String bucketed(KeyRange range, int buckets, List<String> parameters) {
    String from = from() + where(range, parameters);
    if (table.hasKey()) {
      String bucket = ", " + hash.bucket(record(keyColumns()), buckets) + " AS b";
      return hash.digests(wholeRow(), bucket + keyTexts(), ", b" + keyNames(), from);
    }
    // The row is its own key; its lanes tell it from others.
    String rows = hash.digests(wholeRow(), "", "", from);
    return "SELECT h1, h2, (h2 & %d) AS b, h1::text || ' ' || h2::text AS k0 FROM (%s) d"
        .formatted(buckets - 1, rows);
  }

  private String grouped(String rows) {
    String names = keyNames().substring(2);
    return "SELECT %s, pg_catalog.count(*), pg_catalog.sum(h1), pg_catalog.sum(h2) FROM (%s) g GROUP BY %s"
        .formatted(names, rows, names);
  }

  private int keyTextCount() {
    return Math.max(1, table.key().size());
  }

  private String keyNames() {
    return IntStream.range(0, keyTextCount())
        .mapToObj(i -> ", k" + i)
        .collect(Collectors.joining());
  }

  private String keyTexts() {
    return IntStream.range(0, table.key().size())
        .mapToObj(i -> ", " + column(i) + "::text COLLATE \"C\" AS k" + i)
        .collect(Collectors.joining());
  }

  private String where(KeyRange range, List<String> parameters) {
    List<String> conditions = new ArrayList<>();
    bound(range.after(), ">", conditions, parameters);
    bound(range.to(), "<=", conditions, parameters);
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private void bound(
      @org.jspecify.annotations.Nullable List<String> key,
      String comparison,
      List<String> conditions,
      List<String> parameters) {
    if (key == null) {
      return;
    }
    String columns =
        IntStream.range(0, key.size()).mapToObj(this::ordered).collect(Collectors.joining(", "));
    String values =
        table.key().stream()
            .map(column -> "CAST(? AS " + column.sourceType() + ")")
            .collect(Collectors.joining(", "));
    conditions.add("(%s) %s (%s)".formatted(columns, comparison, values));
    parameters.addAll(key);
  }

  /** In the order that both sides share. */
  private String ordered(int index) {
    return column(index) + (table.key().get(index).text() ? " COLLATE \"C\"" : "");
  }

  private String column(int index) {
    return "t." + quoted(table.key().get(index).name());
  }

  private List<String> keyColumns() {
    return table.key().stream().map(KeyColumn::name).toList();
  }

  private String wholeRow() {
    return record(table.columns());
  }

  private String value(String name) {
    Integer decimals = table.rounded().get(name);
    String column = "t." + quoted(name);
    return decimals == null ? column : RoundedSql.of(column, decimals);
  }

  private String record(List<String> columns) {
    return columns.stream().map(this::value).collect(Collectors.joining(", ", "ROW(", ")::text"));
  }

  /** A table's own rows only, unless they are in its partitions. */
  private String from() {
    boolean partitioned =
        side == Side.SOURCE ? table.sourcePartitioned() : table.targetPartitioned();
    return (partitioned ? "" : "ONLY ") + table.id().quoted() + " AS t";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
