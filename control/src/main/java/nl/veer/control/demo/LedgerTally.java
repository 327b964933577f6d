package nl.veer.control.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.veer.control.wave.Leg;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;

/** What the ledgers of several legs have on record, together. */
final class LedgerTally {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private LedgerTally() {}

  static DemoReport.Ledger of(List<Leg> legs) throws SQLException {
    long batches = 0;
    long rows = 0;
    long incidents = 0;
    for (Leg leg : legs) {
      try (Connection records = leg.to().openBounded("demo", ANSWER)) {
        Optional<LedgerView> view = LedgerStore.view(records, leg.wave());
        LedgerCounts counts =
            view.map(LedgerView::checkpoint)
                .map(LedgerCheckpoint::counts)
                .orElse(LedgerCounts.NONE);
        batches += counts.echoTransactions();
        rows += counts.rows();
        incidents += Math.max(counts.findings(), view.map(LedgerView::findings).orElse(0L));
      }
    }
    return new DemoReport.Ledger(batches, rows, incidents);
  }
}
