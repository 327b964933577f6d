package nl.veer.control.gate;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.record.LedgerView;
import nl.veer.verifier.record.OpenFindings;
import nl.veer.verifier.verdict.WaveVerdict;

/**
 * What the verifier has on record of a leg.
 *
 * @param ledger empty if none was ever begun
 * @param balancing whether a process keeps it now
 * @param findings open ones; under empty those that are of no table
 * @param differences tables with open ones, and how many
 * @param verdict empty if no verifier has kept anything
 * @param now by the clock that the records are kept by
 */
record ProofFacts(
    Optional<LedgerView> ledger,
    boolean balancing,
    Map<Optional<TableId>, OpenFindings> findings,
    Map<TableId, Long> differences,
    Optional<WaveVerdict> verdict,
    Instant now) {

  ProofFacts {
    findings = Map.copyOf(findings);
    differences = Map.copyOf(differences);
  }
}
