package nl.veer.verifier.verdict;

import java.util.List;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a wave: what is true of all its tables together.
 *
 * @param position of the source, for which EQUAL holds: the first of its tables'; otherwise that of
 *     the table that decides
 * @param because what decides, as of a table
 * @param tables in the order of their names
 */
public record WaveVerdict(
    Verdict verdict, @Nullable Position position, String because, List<TableVerdict> tables) {

  public WaveVerdict {
    tables = List.copyOf(tables);
  }

  /**
   * @param loose open findings that are of no table: of what the echo did not hold
   * @param newestLoose the newest one's id
   */
  public static WaveVerdict of(List<TableVerdict> tables, long loose, long newestLoose) {
    if (tables.isEmpty() && loose == 0) {
      return new WaveVerdict(
          Verdict.unknown(UnknownReason.NEVER_SCANNED, "No table of it is loaded yet."),
          null,
          TableVerdict.LOAD,
          tables);
    }
    Verdict verdict = loose > 0 ? new Verdict.Different(loose) : Verdict.equal();
    Position position = null;
    String because = loose > 0 ? "finding " + newestLoose : "";
    for (TableVerdict table : tables) {
      Verdict all = verdict.and(table.verdict());
      boolean decides = because.isEmpty() || !all.word().equals(verdict.word());
      Position of = table.position();
      if (decides || all instanceof Verdict.Equal && of != null && earlier(of, position)) {
        position = of;
        because = table.because();
      }
      verdict = all;
    }
    return new WaveVerdict(named(verdict, tables), position, because, tables);
  }

  private static boolean earlier(Position one, @Nullable Position other) {
    return other == null || other.isAfter(one);
  }

  /** Of which table there is no answer. */
  private static Verdict named(Verdict verdict, List<TableVerdict> tables) {
    if (!(verdict instanceof Verdict.Unknown unknown)) {
      return verdict;
    }
    List<TableVerdict> unanswered =
        tables.stream().filter(table -> table.verdict() instanceof Verdict.Unknown).toList();
    String more = unanswered.size() > 1 ? " and %d more".formatted(unanswered.size() - 1) : "";
    return Verdict.unknown(
        unknown.reason(), unanswered.get(0).table() + more + ": " + unknown.words());
  }
}
