package nl.veer.verifier.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.ledger.Found.Further;
import nl.veer.verifier.ledger.Imbalance.Kind;
import nl.veer.verifier.ledger.Imbalance.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What is found in one echo transaction: all counted, the first ones in detail. Owned by one
 * thread.
 */
final class Findings {
  /** One transaction may get a million rows wrong; a hundred of them say as much. */
  private static final int DETAILED = 100;

  private final Where echo;
  private final List<Imbalance> detailed = new ArrayList<>();
  private final Map<Of, Long> further = new LinkedHashMap<>();
  private long count;

  /** What is counted together. */
  private record Of(Kind kind, @Nullable TableId table) {}

  Findings(Where echo) {
    this.echo = echo;
  }

  /** A finding that is not of one row. */
  void add(
      Kind kind, @Nullable TableId table, Outcome inLog, Outcome inEcho, Where log, String what) {
    add(new Imbalance(kind, table, null, "", List.of(), inLog, inEcho, 1, log, echo, what));
  }

  /** A finding of one row, by what the sides did to it; null where a side did nothing. */
  void row(
      Kind kind,
      LedgerTable table,
      @Nullable Effect inLog,
      @Nullable Effect inEcho,
      List<String> columns,
      Where log) {
    Effect any = inLog == null ? inEcho : inLog;
    if (any == null) {
      throw new IllegalArgumentException("A finding of no row");
    }
    boolean keyed = !table.key().isEmpty();
    long rows = keyed ? 1 : Math.abs(count(inLog) - count(inEcho));
    add(
        new Imbalance(
            kind,
            table.id(),
            any.key().digest(),
            any.keyText(),
            columns,
            inLog == null ? Outcome.NONE : inLog.outcome(keyed),
            inEcho == null ? Outcome.NONE : inEcho.outcome(keyed),
            rows,
            log.at(place(inLog)),
            echo.at(place(inEcho)),
            what(kind)));
  }

  private static long count(@Nullable Effect effect) {
    return effect == null ? 0 : effect.count();
  }

  private static @Nullable EventPlace place(@Nullable Effect effect) {
    return effect == null ? null : effect.place();
  }

  private static String what(Kind kind) {
    return switch (kind) {
      case LOST -> "the log changes the row, the target did not";
      case EXTRA -> "the target changed the row, the log does not";
      case DIFFERENT_VALUES -> "log and target change the row to something else";
      case FOREIGN_WRITER -> "a transaction that is not Veer's changed the row";
      case STAMP -> "the stamp does not fit the log";
      case NUMBERING -> "something is missing";
    };
  }

  private void add(Imbalance finding) {
    count++;
    if (detailed.size() < DETAILED) {
      detailed.add(finding);
    } else {
      further.merge(new Of(finding.kind(), finding.table()), 1L, Long::sum);
    }
  }

  Found found() {
    return new Found(
        detailed,
        further.entrySet().stream()
            .map(one -> new Further(one.getKey().kind, one.getKey().table, one.getValue(), echo))
            .toList());
  }

  long count() {
    return count;
  }
}
