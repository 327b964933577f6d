package nl.veer.verifier.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.Balance;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableBasis;
import nl.veer.verifier.verdict.Verdict;

/** Which table of a wave is to be scanned next. Pure. */
final class ScanAgenda {
  /** Where there is no answer one is wanted sooner, but not without end. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private ScanAgenda() {}

  private record Due(TableId table, boolean urgent, Instant at) {}

  /**
   * Of the loaded tables that are due: one without which there is no verdict, then the one that was
   * scanned longest ago.
   *
   * @param every how long after its last scan a table is due
   * @return empty if none is
   */
  static Optional<TableId> next(
      List<TableBasis> tables, Balance balance, Instant now, Duration every) {
    return tables.stream()
        .filter(TableBasis::loaded)
        .map(table -> due(table, balance, every))
        .filter(due -> !due.at.isAfter(now))
        .min(
            Comparator.comparing((Due due) -> !due.urgent)
                .thenComparing(Due::at)
                .thenComparing(Due::table))
        .map(Due::table);
  }

  private static Due due(TableBasis basis, Balance balance, Duration every) {
    Scanned last = basis.scans().isEmpty() ? null : basis.scans().get(0);
    if (last == null || !last.ofThisLoad()) {
      return new Due(basis.table(), true, Instant.MIN);
    }
    boolean overtaken = isOvertaken(last, balance);
    boolean soon = overtaken || last.verdict() instanceof Verdict.Unknown;
    Duration pause = soon && every.compareTo(SOON) > 0 ? SOON : every;
    return isMended(basis, last)
        ? new Due(basis.table(), true, last.keptAt())
        : new Due(basis.table(), overtaken, last.keptAt().plus(pause));
  }

  /** Nothing but another scan will say more. */
  private static boolean isMended(TableBasis basis, Scanned last) {
    return last.verdict() instanceof Verdict.Different
        && basis.differences() + basis.findings() == 0;
  }

  /** The ledger began anew behind it. */
  private static boolean isOvertaken(Scanned last, Balance balance) {
    Long begun = last.firstTransaction();
    return last.verdict() instanceof Verdict.Equal
        && balance instanceof Balance.Ledger ledger
        && ledger.upTo() != null
        && begun != null
        && begun <= ledger.from();
  }
}
