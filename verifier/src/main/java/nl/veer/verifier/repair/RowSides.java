package nl.veer.verifier.repair;

import java.time.Duration;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.Settlement;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.UnknownReason;

/**
 * Where a wave's rows are looked at.
 *
 * @param settlement tells which of them are in motion
 */
record RowSides(
    ScanSession source, ScanSession target, WaveId wave, Settlement settlement, StopSignal stop) {
  /** What takes longer would hold the replicator up as long again. */
  private static final Duration NEAR = Duration.ofSeconds(3);

  /**
   * Waits for the log, before anything is held.
   *
   * @throws Unjudged if there is so much between the two that nothing is to be held for it
   */
  void requireNearLog(ScanTable table, Cuts cuts) throws Unjudged {
    long begin = System.nanoTime();
    settlement.look(table, cuts, stop);
    if (System.nanoTime() - begin > NEAR.toNanos()) {
      throw new Unjudged(
          UnknownReason.BEHIND,
          "The target is so far behind that the replicator would wait for seconds. Run it again"
              + " when the lag is small.");
    }
  }
}
