package nl.veer.control.demo;

import java.time.Duration;
import java.util.Optional;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerStatus;

/** First act: the shop is loaded and carried live, and the ledger balances both logs. */
final class CarryAct {
  /** Behind the live part, for what was written meanwhile. */
  private static final Duration CATCH_UP = Duration.ofMinutes(3);

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
    long begin = System.nanoTime();
    long until = live.plus(CATCH_UP).toNanos();
    while (System.nanoTime() - begin < until && stage.goOn()) {
      Optional<WaveRun> wave = stage.wave();
      wave.map(WaveRun::replicatorStatus).ifPresent(notes::load);
      if (System.nanoTime() - begin >= live.toNanos() && wave.filter(this::follows).isPresent()) {
        return true;
      }
    }
    if (!stage.audience().hasLeft()) {
      stage
          .audience()
          .line(
              "It does not catch up: the customers write faster than this machine carries. Try a"
                  + " smaller --rate.");
    }
    return false;
  }

  private boolean follows(WaveRun wave) {
    ReplicatorStatus carried = wave.replicatorStatus();
    LedgerStatus ledger = wave.ledgerStatus();
    Balanced balanced = ledger == null ? null : ledger.balanced();
    if (carried == null
        || carried.state() != ReplicatorStatus.State.REPLICATING
        || ledger == null
        || balanced == null
        || balanced.position() == null) {
      return false;
    }
    stage
        .audience()
        .line(
            "Ledger: balanced up to %s: %,d transactions, %,d batches, %,d rows; %,d findings."
                .formatted(
                    balanced.position().text(),
                    ledger.counts().transactions(),
                    ledger.counts().echoTransactions(),
                    ledger.counts().rows(),
                    ledger.counts().findings()));
    return true;
  }
}
