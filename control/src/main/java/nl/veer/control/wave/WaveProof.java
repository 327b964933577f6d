package nl.veer.control.wave;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VerificationConfig;
import org.jspecify.annotations.Nullable;

/**
 * What scans a wave and what makes its verdict, in this process.
 *
 * @param scan null if another process scans, or none does
 * @param verdict null if another process judges, or none does
 */
record WaveProof(@Nullable ScanRun scan, @Nullable VerdictRun verdict) {

  static WaveProof of(WaveId wave, Migration migration, OpenLog log, Role role) {
    VerificationConfig config = migration.verification();
    boolean judges = role.verifies() && (config.ledger() || config.scan());
    return new WaveProof(
        judges && config.scan() ? new ScanRun(wave, migration, log) : null,
        judges ? new VerdictRun(wave, migration) : null);
  }

  List<SideRole> roles() {
    List<SideRole> roles = new ArrayList<>();
    if (scan != null) {
      roles.add(scan);
    }
    if (verdict != null) {
      roles.add(verdict);
    }
    return roles;
  }
}
