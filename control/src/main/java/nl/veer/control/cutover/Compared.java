package nl.veer.control.cutover;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.veer.verifier.scan.TableCounts.Count;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.Verdict;

/**
 * What came of a comparison.
 *
 * @param tables how many it says something of
 * @param rows how many of the side that is left were compared by themselves
 * @param verdict EQUAL, DIFFERENT or UNKNOWN
 * @param how what was compared, and what it rests on besides, for people
 * @param against what speaks against EQUAL, for people; none if that is the verdict
 */
record Compared(long tables, long rows, Verdict verdict, String how, List<String> against) {

  Compared {
    against = List.copyOf(against);
  }

  /** Of a comparison of whole tables. */
  static Compared whole(ScanStatement statement) {
    return new Compared(
        statement.tables().size(),
        rows(statement.tables()),
        statement.verdict(),
        "every row of every table",
        against(statement.tables()).toList());
  }

  /**
   * Of a comparison of what has changed.
   *
   * @param tables how many there are
   * @param parts what was said of the parts that have changed
   * @param counts rows of whole tables; none if they were not counted
   */
  static Compared changed(int tables, List<TableStatement> parts, List<Count> counts, String how) {
    List<String> against = new ArrayList<>(against(parts).toList());
    Verdict verdict = Verdict.equal();
    for (TableStatement part : parts) {
      verdict = verdict.and(part.verdict());
    }
    for (Count count : counts) {
      if (!count.isEqual()) {
        long off = Math.abs(count.source() - count.target());
        verdict = verdict.and(new Verdict.Different(off));
        against.add(
            "%s has %,d rows on the side that is left and %,d on the other"
                .formatted(count.table(), count.source(), count.target()));
      }
    }
    return new Compared(tables, rows(parts), verdict, how, against);
  }

  private static long rows(List<TableStatement> tables) {
    return tables.stream().mapToLong(table -> table.source().rows()).sum();
  }

  /** Those that are not EQUAL, with the reason. */
  static Stream<String> against(List<TableStatement> tables) {
    return tables.stream()
        .filter(table -> !(table.verdict() instanceof Verdict.Equal))
        .map(Compared::said);
  }

  private static String said(TableStatement table) {
    return table.table()
        + " "
        + table.verdict().word()
        + (table.verdict() instanceof Verdict.Unknown unknown
            ? " (" + unknown.words() + ")"
            : ", %d rows differ".formatted(table.differing()));
  }
}
