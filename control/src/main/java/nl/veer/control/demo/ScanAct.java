package nl.veer.control.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import nl.veer.control.wave.Leg;
import nl.veer.verifier.record.KeptStatement;
import nl.veer.verifier.record.ScanStore;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;

/** Second act: all tables of both sides are compared, while customers write to them. */
final class ScanAct {
  /** Some rounds of scans, and the ledger's way behind them. */
  private static final Duration NO_FAULT = Duration.ofSeconds(60);

  private static final Duration MOST = Duration.ofMinutes(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final DemoStage stage;
  private final DemoNotes notes;

  ScanAct(DemoStage stage, DemoNotes notes) {
    this.stage = stage;
    this.notes = notes;
  }

  /**
   * @return whether all is EQUAL, at a position behind this act's beginning
   */
  boolean play() throws SQLException {
    Leg leg = stage.leg();
    stage.audience().line("Comparing all tables, while the customers write …");
    Optional<WaveVerdict> found =
        new DemoProof(stage)
            .await(
                leg.number(),
                stage.end(leg),
                new Patience(stage, "It is not proven", NO_FAULT, MOST));
    if (found.isEmpty()) {
      return false;
    }
    DemoReport.Scan scan = scan(leg, found.get());
    notes.scanned(scan);
    stage
        .audience()
        .line(
            "Scan: %s at the %s's position %s: %,d tables, %,d rows, in %.1f s."
                .formatted(
                    scan.verdict(),
                    DemoStage.from(leg),
                    DemoNotes.position(found.get()),
                    found.get().tables().size(),
                    scan.rows(),
                    scan.seconds()));
    return found.get().verdict() instanceof Verdict.Equal;
  }

  /** The scans that the verdict rests on, as they are on record. */
  private static DemoReport.Scan scan(Leg leg, WaveVerdict verdict) throws SQLException {
    long rows = 0;
    long millis = 0;
    try (Connection records = leg.to().openBounded("demo", ANSWER)) {
      for (TableVerdict table : verdict.tables()) {
        if (table.scan() != null) {
          Optional<KeptStatement> kept = ScanStore.statement(records, table.scan().id());
          rows += kept.map(KeptStatement::sourceRows).orElse(0L);
          millis += kept.map(KeptStatement::millis).orElse(0L);
        }
      }
    }
    return new DemoReport.Scan(DemoNotes.word(verdict), rows, millis / 1_000.0);
  }
}
