package nl.veer.control.demo;

import java.time.Duration;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerStatus;

/** First act: the shop is loaded and carried live, and the ledger balances both logs. */
final class CarryAct {
  /** Behind the live part, for what was written meanwhile. */
  private static final Duration CATCH_UP = Duration.ofMinutes(5);

  /** A slow machine may need so long for what was written during the load. */
  private static final Duration NO_FAULT = Duration.ofSeconds(30);

  /** The other side follows if it is no further behind. */
  private static final long LAG_MILLIS = 2_000;

  private final DemoStage stage;
  private final DemoNotes notes;

  CarryAct(DemoStage stage, DemoNotes notes) {
    this.stage = stage;
    this.notes = notes;
  }

  /**
   * @param live how long at least
   * @return whether the other side follows, and is balanced
   */
  boolean play(Duration live) {
    Patience patience =
        new Patience(stage, "It does not catch up", live.plus(NO_FAULT), live.plus(CATCH_UP));
    while (patience.lasts()) {
      Optional<WaveRun> wave = stage.wave();
      wave.map(WaveRun::replicatorStatus).ifPresent(notes::load);
      if (patience.hasPassed(live) && wave.filter(CarryAct::follows).isPresent()) {
        stage.goOn();
        wave.map(WaveRun::ledgerStatus).ifPresent(this::tell);
        return true;
      }
    }
    return false;
  }

  private static boolean follows(WaveRun wave) {
    ReplicatorStatus carried = wave.replicatorStatus();
    LedgerStatus ledger = wave.ledgerStatus();
    return carried != null
        && carried.state() == ReplicatorStatus.State.REPLICATING
        && Math.max(carried.lag().lastMillis(), carried.lag().ageMillis()) <= LAG_MILLIS
        && ledger != null
        && ledger.balanced() != null
        && ledger.balanced().position() != null;
  }

  private void tell(LedgerStatus ledger) {
    Balanced balanced = ledger.balanced();
    Position position = balanced == null ? null : balanced.position();
    stage
        .audience()
        .line(
            "Ledger: balanced up to %s: %,d transactions in %,d batches, %,d rows; %,d findings."
                .formatted(
                    position == null ? "-" : position.text(),
                    ledger.counts().transactions(),
                    ledger.counts().echoTransactions(),
                    ledger.counts().rows(),
                    ledger.counts().findings()));
  }
}
