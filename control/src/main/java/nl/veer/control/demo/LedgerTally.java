package nl.veer.control.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import nl.veer.control.wave.Leg;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;

/** What a leg's ledger has on record. */
final class LedgerTally {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private LedgerTally() {}

  static DemoReport.Ledger of(Leg leg) throws SQLException {
    try (Connection records = leg.to().openBounded("demo", ANSWER)) {
      Optional<LedgerView> view = LedgerStore.view(records, leg.wave());
      LedgerCounts counts =
          view.map(LedgerView::checkpoint).map(LedgerCheckpoint::counts).orElse(LedgerCounts.NONE);
      return new DemoReport.Ledger(
          counts.echoTransactions(),
          counts.rows(),
          Math.max(counts.findings(), view.map(LedgerView::findings).orElse(0L)));
    }
  }
}
