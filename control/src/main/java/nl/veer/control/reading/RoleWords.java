package nl.veer.control.reading;

import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.control.wave.ScanStatus;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** What the roles of a wave say of themselves in this process; null of such as are not here. */
public record RoleWords(
    @Nullable CaptureStatus capture,
    @Nullable ReplicatorStatus replicator,
    @Nullable CaptureStatus echo,
    @Nullable LedgerStatus ledger,
    @Nullable ScanStatus scan,
    @Nullable WaveVerdict verdict) {

  static RoleWords of(WaveRun run) {
    return new RoleWords(
        run.captureStatus(),
        run.replicatorStatus(),
        run.echoStatus(),
        run.ledgerStatus(),
        run.scanStatus(),
        run.verdict());
  }
}
