package nl.veer.control.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.WaveRun;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.workload.ShopSchema;
import nl.veer.verifier.verdict.WaveVerdict;

/**
 * Last act, on whichever leg the wave is by then: the shop closes, the verifier says what is true
 * of its last commit, and the oracle whether that is so.
 */
final class ClosingAct {
  /** Some rounds of scans, and the ledger's way behind them, on a slow machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DemoStage stage;
  private final DemoNotes notes;
  private final DemoWorld world;

  ClosingAct(DemoStage stage, DemoNotes notes, DemoWorld world) {
    this.stage = stage;
    this.notes = notes;
    this.world = world;
  }

  /**
   * @return whether anything was said of the last commit
   */
  boolean play() throws SQLException {
    stage.shop().stop();
    Leg leg = stage.leg();
    Position last = stage.end(leg);
    stage
        .audience()
        .line(
            "The shop is closed. Proving that the %s holds its last commit …"
                .formatted(DemoStage.to(leg)));
    Optional<WaveVerdict> verdict =
        new DemoProof(stage).await(leg.number(), last, Patience.behindClosedDoors(stage, PATIENCE));
    stage.wave().map(WaveRun::replicatorStatus).ifPresent(status -> notes.carried(leg, status));
    verdict.ifPresent(notes::proven);
    if (verdict.isEmpty()) {
      if (!stage.audience().hasLeft()) {
        stage.audience().line("Nothing was said of the shop's last commit.");
      }
      return false;
    }
    stage.audience().line("Comparing both sides byte by byte …");
    try (Connection source = world.source();
        Connection target = world.target()) {
      notes.judged(Oracle.compare(source, target, List.of(ShopSchema.NAME)));
    }
    return true;
  }
}
