package nl.veer.control.mutation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.veer.verifier.blame.Culprit;
import nl.veer.verifier.verdict.Difference;

/**
 * One mutation of the world, and what must come of it.
 *
 * @param ids of the rows that it hits; empty where the table has no key, or all of its rows are hit
 * @param kind how these rows differ afterwards
 * @param columns in which they differ; empty where they are not on both sides
 * @param codes of what the ledger finds; empty if it cannot find it
 */
record Mutation(
    String name,
    Half half,
    Culprit culprit,
    String table,
    Set<Integer> ids,
    Difference.Kind kind,
    List<String> columns,
    Set<String> codes) {

  Mutation {
    ids = Set.copyOf(ids);
    columns = List.copyOf(columns);
    codes = Set.copyOf(codes);
  }

  /** Both sides have the row, and it is not the same. */
  static Mutation value(String name, Half half, Culprit culprit, String row, String column) {
    return new Mutation(
        name,
        half,
        culprit,
        table(row),
        ids(row),
        Difference.Kind.VALUES,
        List.of(column),
        found(half, culprit, "LEDGER_VALUE"));
  }

  /** One side has the row, or more of its kind. */
  static Mutation row(String name, Half half, Culprit culprit, String row, Difference.Kind kind) {
    String code = kind == Difference.Kind.EXTRA ? "LEDGER_EXTRA" : "LEDGER_LOST";
    return new Mutation(
        name, half, culprit, table(row), ids(row), kind, List.of(), found(half, culprit, code));
  }

  /** The same, which the ledger finds as something else. */
  Mutation as(String code) {
    return new Mutation(name, half, culprit, table, ids, kind, columns, Set.of(code));
  }

  private static Set<String> found(Half half, Culprit culprit, String ofVeersOwn) {
    if (half == Half.SCAN) {
      return Set.of();
    }
    return Set.of(culprit == Culprit.FOREIGN_WRITER ? "FOREIGN_WRITER" : ofVeersOwn);
  }

  /** Of {@code wares 3,4}. */
  private static String table(String row) {
    return "public." + row.replaceAll(" .*", "");
  }

  private static Set<Integer> ids(String row) {
    int space = row.indexOf(' ');
    return space < 0
        ? Set.of()
        : Stream.of(row.substring(space + 1).split(",", -1))
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** As a scan names a row. */
  boolean isAbout(String seen, List<String> key) {
    return table.equals(seen)
        && (ids.isEmpty() || (key.size() == 1 && ids.contains(id(key.get(0)))));
  }

  /** As the ledger names a row. */
  boolean isAbout(String seen, String keyText) {
    return table.equals(seen)
        && (ids.isEmpty() || (keyText.startsWith("id=") && ids.contains(id(keyText.substring(3)))));
  }

  private static Integer id(String text) {
    return Integer.valueOf(text);
  }
}
