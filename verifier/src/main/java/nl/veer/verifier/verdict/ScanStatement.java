package nl.veer.verifier.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan says: always at which positions, of which tables, and what was left out.
 *
 * @param hash how rows were digested
 * @param onePosition whether everything was seen in one state of each side; only then do {@code
 *     first} and {@code last} mean the same state
 */
public record ScanStatement(
    Verdict verdict,
    String hash,
    Instant startedAt,
    Duration duration,
    @Nullable Cuts first,
    @Nullable Cuts last,
    boolean onePosition,
    List<TableStatement> tables) {

  public ScanStatement {
    tables = List.copyOf(tables);
  }

  /** Of no table nothing is known. */
  public static ScanStatement of(
      String hash, Instant startedAt, Duration duration, List<TableStatement> tables) {
    Verdict verdict =
        tables.isEmpty()
            ? Verdict.unknown(UnknownReason.NEVER_SCANNED, "There is no table to compare.")
            : Verdict.equal();
    Cuts first = null;
    Cuts last = null;
    boolean one = !tables.isEmpty();
    for (TableStatement table : tables) {
      verdict = verdict.and(table.verdict());
      Cuts begin = table.first();
      Cuts end = table.last();
      if (begin == null || end == null) {
        one = false;
        continue;
      }
      one &= table.onePosition() && (first == null || first.sameAs(begin));
      first = first == null || earlier(begin, first) ? begin : first;
      last = last == null || earlier(last, end) ? end : last;
    }
    return new ScanStatement(verdict, hash, startedAt, duration, first, last, one, tables);
  }

  private static boolean earlier(Cuts one, Cuts other) {
    return other.source().position().isAfter(one.source().position());
  }
}
