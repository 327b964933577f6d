package nl.veer.control.wave;

import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.dialect.ReadySessions;
import nl.veer.replicator.Replicator;
import org.jspecify.annotations.Nullable;

/**
 * What one process does for a leg of a wave.
 *
 * @param capture null if another process captures
 * @param replicator null if another process replicates
 * @param reader of the replicator's log; null if another process replicates
 * @param sessions for the replicator's start; null if another process replicates
 * @param echoStart null if the replicator makes no echo
 * @param echo null if another process captures the target, or none does
 * @param ledger null if another process balances, or none does
 * @param proof what scans and judges here
 */
record WaveRoles(
    @Nullable Capture capture,
    @Nullable Replicator replicator,
    @Nullable ReadyReader reader,
    @Nullable ReadySessions sessions,
    @Nullable EchoStart echoStart,
    @Nullable EchoRun echo,
    @Nullable LedgerRun ledger,
    WaveProof proof) {

  /** Whether the echo is all that is done here of what carries changes. */
  boolean isEchoAlone() {
    return capture == null && replicator == null;
  }
}
