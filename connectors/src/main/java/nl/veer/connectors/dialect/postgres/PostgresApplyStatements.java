package nl.veer.connectors.dialect.postgres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.connectors.dialect.TargetTable;

/**
 * The text of the statements that write changes. Pure.
 *
 * <p>Values travel as arrays, one per column: of the column's type, or of text, which is cast to
 * it. Both are without its length or precision: an explicit cast to {@code varchar(10)} would cut a
 * longer value in silence, the assignment refuses it.
 */
final class PostgresApplyStatements {
  private PostgresApplyStatements() {}

  static String copy(TargetTable table, BitSet columns) {
    return "COPY %s (%s) FROM STDIN".formatted(table.id().quoted(), names(table, columns));
  }

  static String copyBinary(TargetTable table, BitSet columns) {
    return copy(table, columns) + " (FORMAT binary)";
  }

  /**
   * Parameters: one array per column.
   *
   * @param types of the arrays' elements
   */
  static String insert(TargetTable table, BitSet columns, List<String> types) {
    Sent sent = new Sent(table, List.of(), columns, types);
    return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s"
        .formatted(
            table.id().quoted(),
            names(table, columns),
            columns.stream().mapToObj(sent::value).collect(Collectors.joining(", ")),
            sent.unnested());
  }

  /**
   * Parameters: one array per key column, then one per column. A query for the number of rows hit,
   * if the table has no column that an update may set.
   *
   * @param types of the arrays' elements
   */
  static String update(TargetTable table, BitSet columns, List<String> types) {
    Sent sent = new Sent(table, table.key(), columns, types);
    String matches = keyMatches(table, sent::key) + unchanged(table, columns, sent::value);
    String sets = sets(table, columns, sent::value);
    return sets.isEmpty()
        ? "SELECT count(*) FROM %s AS t, %s WHERE %s"
            .formatted(only(table), sent.unnested(), matches)
        : "UPDATE %s AS t SET %s FROM %s WHERE %s"
            .formatted(only(table), sets, sent.unnested(), matches);
  }

  /**
   * Parameters: the columns, none of which is fixed, then the key. One row, whose values come as
   * they are.
   */
  static String updateRow(TargetTable table, BitSet columns) {
    return "UPDATE %s AS t SET %s WHERE %s"
        .formatted(
            only(table),
            sets(table, columns, given(table)),
            keyMatches(table, k -> cast("?", table, table.key().get(k))));
  }

  /**
   * Parameters: one array per key column.
   *
   * @param types of the arrays' elements
   */
  static String delete(TargetTable table, List<String> types) {
    Sent sent = new Sent(table, table.key(), new BitSet(), types);
    return "DELETE FROM %s AS t USING %s WHERE %s"
        .formatted(only(table), sent.unnested(), keyMatches(table, sent::key));
  }

  /**
   * Parameters: the before image's columns that are not null, then the columns to set, then those
   * of the after image that are fixed.
   */
  static String updateOne(TargetTable table, BitSet compared, BitSet nulls, BitSet columns) {
    String matches =
        "t.tableoid = one.o AND t.ctid = one.c" + unchanged(table, columns, given(table));
    String sets = sets(table, columns, given(table));
    return sets.isEmpty()
        ? "%s SELECT count(*) FROM %s AS t, one WHERE %s"
            .formatted(one(table, compared, nulls), only(table), matches)
        : "%s UPDATE %s AS t SET %s FROM one WHERE %s"
            .formatted(one(table, compared, nulls), only(table), sets, matches);
  }

  /** Parameters: the before image's columns that are not null. */
  static String deleteOne(TargetTable table, BitSet compared, BitSet nulls) {
    return "%s DELETE FROM %s AS t USING one WHERE t.tableoid = one.o AND t.ctid = one.c"
        .formatted(one(table, compared, nulls), only(table));
  }

  /**
   * Without the fixed columns, which no UPDATE may set. If nothing is left, some column is set to
   * what it is: the row must be hit all the same. Empty if there is no such column.
   */
  private static String sets(TargetTable table, BitSet columns, IntFunction<String> value) {
    String sets =
        columns.stream()
            .filter(c -> !isFixed(table, c))
            .mapToObj(c -> quoted(table, c) + " = " + value.apply(c))
            .collect(Collectors.joining(", "));
    return sets.isEmpty()
        ? IntStream.range(0, table.columns().size())
            .filter(c -> !isFixed(table, c))
            .mapToObj(c -> quoted(table, c) + " = t." + quoted(table, c))
            .findFirst()
            .orElse("")
        : sets;
  }

  /** A fixed column whose value would change makes the statement hit nothing: an incident. */
  private static String unchanged(TargetTable table, BitSet columns, IntFunction<String> value) {
    return columns.stream()
        .filter(c -> isFixed(table, c))
        .mapToObj(c -> " AND t." + quoted(table, c) + " = " + value.apply(c))
        .collect(Collectors.joining());
  }

  /** Those of the columns that no UPDATE may set. */
  static BitSet fixed(TargetTable table, BitSet columns) {
    BitSet fixed = (BitSet) columns.clone();
    columns.stream().filter(c -> !isFixed(table, c)).forEach(fixed::clear);
    return fixed;
  }

  private static boolean isFixed(TargetTable table, int column) {
    return table.columns().get(column).fixed();
  }

  /** The table alone, unless it is its partitions that hold the rows. */
  private static String only(TargetTable table) {
    return (table.partitioned() ? "" : "ONLY ") + table.id().quoted();
  }

  /**
   * One row that equals the image. Where {@code =} could hold for different values (1.0 and 1.00)
   * or does not exist (json), both sides compare as the server's own text.
   */
  private static String one(TargetTable table, BitSet compared, BitSet nulls) {
    String matches =
        compared.stream()
            .mapToObj(c -> nulls.get(c) ? quoted(table, c) + " IS NULL" : equal(table, c))
            .collect(Collectors.joining(" AND "));
    return "WITH one AS MATERIALIZED (SELECT tableoid AS o, ctid AS c FROM %s WHERE %s LIMIT 1)"
        .formatted(only(table), matches);
  }

  private static String equal(TargetTable table, int column) {
    return table.columns().get(column).comparesExactly()
        ? quoted(table, column) + " = " + cast("?", table, column)
        : "%s::text COLLATE \"C\" = %s::text COLLATE \"C\""
            .formatted(quoted(table, column), cast("?", table, column));
  }

  private static String keyMatches(TargetTable table, IntFunction<String> value) {
    IntFunction<String> match =
        k -> {
          int column = table.key().get(k);
          return "t.%s %s %s"
              .formatted(
                  quoted(table, column), table.columns().get(column).equals(), value.apply(k));
        };
    return IntStream.range(0, table.key().size())
        .mapToObj(match)
        .collect(Collectors.joining(" AND "));
  }

  /** A value that comes by itself, as text. */
  private static IntFunction<String> given(TargetTable table) {
    return c -> cast("?", table, c);
  }

  private static String cast(String expression, TargetTable table, int column) {
    return expression + "::text::" + table.columns().get(column).type();
  }

  private static String names(TargetTable table, BitSet columns) {
    return columns.stream().mapToObj(c -> quoted(table, c)).collect(Collectors.joining(", "));
  }

  private static String quoted(TargetTable table, int column) {
    return PostgresNames.quoted(table.columns().get(column).name());
  }

  /**
   * The arrays of a statement: those of the key, then those of the columns.
   *
   * @param types of their elements
   */
  private record Sent(TargetTable table, List<Integer> key, BitSet columns, List<String> types) {

    /** The key's column of this rank, as its type. */
    String key(int rank) {
      return typed("v.k" + rank, rank, key.get(rank));
    }

    /** The column's value, as its type. */
    String value(int column) {
      int before = columns.get(0, column).cardinality();
      return typed("v.c" + column, key.size() + before, column);
    }

    private String typed(String name, int array, int column) {
      return types.get(array).equals(PostgresArray.TEXT) ? cast(name, table, column) : name;
    }

    String unnested() {
      List<String> names = new ArrayList<>();
      IntStream.range(0, key.size()).forEach(k -> names.add("k" + k));
      columns.stream().forEach(c -> names.add("c" + c));
      String parameters =
          types.stream().map(t -> "?::" + t + "[]").collect(Collectors.joining(", "));
      return "unnest(" + parameters + ") AS v(" + String.join(", ", names) + ")";
    }
  }
}
