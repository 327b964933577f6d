package nl.veer.control.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.Position;
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
   * @return whether all is EQUAL at a position behind this act's beginning, by scans of this demo
   */
  boolean play() throws SQLException {
    Leg leg = stage.leg();
    Position from = stage.end(leg);
    stage.audience().line("Comparing all tables, while the customers write …");
    Patience patience = new Patience(stage, "It is not proven", NO_FAULT, MOST);
    DemoProof proof = new DemoProof(stage);
    Optional<WaveVerdict> found = proof.await(leg.number(), from, patience);
    while (found.isPresent()) {
      List<KeptStatement> scans = scans(leg, found.get());
      if (scans.stream().noneMatch(scan -> scan.startedAt().isBefore(stage.opened()))) {
        tell(leg, found.get(), scans);
        return found.get().verdict() instanceof Verdict.Equal;
      }
      found = proof.await(leg.number(), from, patience);
    }
    return false;
  }

  /** The scans that the verdict rests on, as they are on record. */
  private static List<KeptStatement> scans(Leg leg, WaveVerdict verdict) throws SQLException {
    List<KeptStatement> scans = new ArrayList<>();
    try (Connection records = leg.to().openBounded("demo", ANSWER)) {
      for (TableVerdict table : verdict.tables()) {
        if (table.scan() != null) {
          ScanStore.statement(records, table.scan().id()).ifPresent(scans::add);
        }
      }
    }
    return scans;
  }

  private void tell(Leg leg, WaveVerdict verdict, List<KeptStatement> scans) {
    DemoReport.Scan all =
        new DemoReport.Scan(
            DemoNotes.word(verdict),
            scans.stream().mapToLong(KeptStatement::sourceRows).sum(),
            scans.stream().mapToLong(KeptStatement::millis).sum() / 1_000.0);
    notes.scanned(all);
    stage
        .audience()
        .line(
            "Scan: %s at the %s's position %s: %,d tables, %,d rows, in %.1f s."
                .formatted(
                    all.verdict(),
                    DemoStage.from(leg),
                    DemoNotes.position(verdict),
                    scans.size(),
                    all.rows(),
                    all.seconds()));
  }
}
