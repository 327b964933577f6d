package nl.veer.verifier.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.ledger.Imbalance.Kind;
import nl.veer.verifier.ledger.Imbalance.Outcome;
import org.jspecify.annotations.Nullable;

/** Compares the net effects of both sides, row by row. Owned by one thread. */
final class Balance {
  private final List<LedgerTable> tables;
  private final RowDigests digests;
  private final long bound;
  private final StopSignal stop;
  private long rows;
  private long incomparable;
  private boolean leavesTables;

  /**
   * @param bound on the bytes of memory per side, about
   */
  Balance(List<LedgerTable> tables, RowDigests digests, long bound, StopSignal stop) {
    this.tables = tables;
    this.digests = digests;
    this.bound = bound;
    this.stop = stop;
  }

  /** Net changes that were found equal. */
  long rows() {
    return rows;
  }

  /** Values that were not in both sides' events. */
  long incomparable() {
    return incomparable;
  }

  /**
   * Finds what is not the same on both sides.
   *
   * @throws Stopped if the signal is raised meanwhile
   */
  void weigh(Effects log, Effects echo, Findings findings, Where end) {
    Truncates truncates = new Truncates(tables, log, echo);
    new Pairing(
            tables.size(),
            bound,
            new CommonColumns(tables, digests, log),
            stop,
            (table, inLog, inEcho) -> judge(table, inLog, inEcho, truncates, findings, end))
        .pair(log, echo);
    incomparable += truncates.judge(findings, end);
    leavesTables = truncates.anyDeletion();
  }

  /** Whether it is left to a scan if a table that had to be emptied is empty. */
  boolean leavesTables() {
    return leavesTables;
  }

  /**
   * Finds everything that the echo has of these tables, for nothing explains it.
   *
   * @param explained the tables of which something does
   * @throws Stopped if the signal is raised meanwhile
   */
  void foreign(Effects none, Effects echo, Set<Integer> explained, Findings findings, Where end) {
    for (int table = 0; table < tables.size(); table++) {
      if (echo.truncatedAt(table) != null && !explained.contains(table)) {
        findings.add(
            Kind.FOREIGN_WRITER,
            tables.get(table).id(),
            Outcome.NONE,
            Outcome.TRUNCATED,
            end,
            "a transaction that is not Veer's truncated the table");
      }
    }
    new Pairing(
            tables.size(),
            bound,
            new CommonColumns(tables, digests, none),
            stop,
            (table, inLog, inEcho) -> {
              if (explained.contains(table)) {
                rows++;
              } else {
                findings.row(Kind.FOREIGN_WRITER, tables.get(table), null, inEcho, List.of(), end);
              }
            })
        .pair(none, echo);
  }

  private void judge(
      int number,
      @Nullable Effect inLog,
      @Nullable Effect inEcho,
      Truncates truncates,
      Findings findings,
      Where end) {
    LedgerTable table = tables.get(number);
    boolean keyed = !table.key().isEmpty();
    Outcome log = inLog == null ? Outcome.NONE : inLog.outcome(keyed);
    Outcome echo = inEcho == null ? Outcome.NONE : inEcho.outcome(keyed);
    if (truncates.isDeletion(number)) {
      if (!keyed) {
        emptied(table, inLog, inEcho, truncates.explains(number, log, inEcho, echo), findings, end);
        return;
      }
      if (truncates.explains(number, log, inEcho, echo)) {
        rows++;
        return;
      }
    }
    if (log == Outcome.NONE && echo == Outcome.NONE) {
      return;
    }
    if (echo == Outcome.NONE) {
      findings.row(Kind.LOST, table, inLog, inEcho, List.of(), end);
    } else if (log == Outcome.NONE) {
      findings.row(Kind.EXTRA, table, inLog, inEcho, List.of(), end);
    } else if (log != echo || (!keyed && count(inLog) != count(inEcho))) {
      findings.row(Kind.DIFFERENT_VALUES, table, inLog, inEcho, List.of(), end);
    } else {
      List<String> columns = keyed ? differing(columns(inLog), columns(inEcho)) : List.of();
      if (columns.isEmpty()) {
        rows++;
      } else {
        findings.row(Kind.DIFFERENT_VALUES, table, inLog, inEcho, columns, end);
      }
    }
  }

  /**
   * Equal rows of a table without a key, of which the target has deleted those that there were
   * before, nobody says how many: there may be fewer more of them than the log has, never more.
   */
  private void emptied(
      LedgerTable table,
      @Nullable Effect inLog,
      @Nullable Effect inEcho,
      boolean explained,
      Findings findings,
      Where end) {
    long missing = count(inLog) - count(inEcho);
    if (count(inLog) == 0 && count(inEcho) == 0) {
      return;
    }
    if (missing < 0) {
      findings.row(Kind.EXTRA, table, inLog, inEcho, List.of(), end);
    } else if (missing > 0 && inEcho == null) {
      findings.row(Kind.LOST, table, inLog, inEcho, List.of(), end);
    } else if (missing == 0 || explained) {
      rows++;
    } else {
      incomparable++;
    }
  }

  private static long count(@Nullable Effect effect) {
    return effect == null ? 0 : effect.count();
  }

  private static @Nullable Columns columns(@Nullable Effect effect) {
    return effect == null ? null : effect.columns();
  }

  private List<String> differing(@Nullable Columns log, @Nullable Columns echo) {
    if (log == null || echo == null || log.same(echo)) {
      return List.of();
    }
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < log.shape().size(); i++) {
      String name = log.shape().name(i);
      int there = log.shape() == echo.shape() ? i : echo.shape().indexOf(name);
      byte mark = there < 0 ? Columns.ABSENT : echo.mark(there);
      if (log.mark(i) == Columns.ABSENT && mark == Columns.ABSENT) {
        continue;
      }
      if (log.mark(i) != Columns.KNOWN || mark == Columns.FORGOTTEN) {
        incomparable++;
      } else if (mark == Columns.ABSENT || !log.same(i, echo, there)) {
        differing.add(name);
      }
    }
    return differing;
  }
}
