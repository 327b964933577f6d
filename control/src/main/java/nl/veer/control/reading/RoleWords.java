package nl.veer.control.reading;

import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.wave.ScanStatus;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/**
 * What the roles of a wave say of themselves in this process; null of such as are not here.
 *
 * @param verdictTrouble why whoever judges could not, at the last look; null if it could
 */
public record RoleWords(
    @Nullable CaptureStatus capture,
    @Nullable ReplicatorStatus replicator,
    @Nullable CaptureStatus echo,
    @Nullable LedgerStatus ledger,
    @Nullable ScanStatus scan,
    @Nullable WaveVerdict verdict,
    @Nullable Failure verdictTrouble) {

  /** Of a wave that has no roles here. */
  static final RoleWords NONE = new RoleWords(null, null, null, null, null, null, null);

  static RoleWords of(WaveRun run) {
    return new RoleWords(
        run.captureStatus(),
        run.replicatorStatus(),
        run.echoStatus(),
        run.ledgerStatus(),
        run.scanStatus(),
        run.verdict(),
        run.verdictTrouble());
  }
}
