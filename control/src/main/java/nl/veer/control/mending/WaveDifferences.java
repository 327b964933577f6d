package nl.veer.control.mending;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.DifferenceRecord.State;
import nl.veer.verifier.record.Differences;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.FindingRecords;
import org.jspecify.annotations.Nullable;

/**
 * What is on record to differ in a wave.
 *
 * @param differences what scans have proven
 * @param findings what the ledger has found
 */
public record WaveDifferences(
    WaveId wave, List<DifferenceRecord> differences, List<FindingRecord> findings) {
  /** More than the ledger keeps of a wave of some tables; closed ones are among them. */
  private static final int FINDINGS = 100_000;

  public WaveDifferences {
    differences = List.copyOf(differences);
    findings = List.copyOf(findings);
  }

  /**
   * Reads them, oldest first.
   *
   * @param table null for all
   * @param limit at most so many of each
   * @param closed whether also those that are closed
   */
  public static WaveDifferences read(
      Connection connection, WaveId wave, @Nullable TableId table, int limit, boolean closed)
      throws SQLException {
    return new WaveDifferences(
        wave,
        Differences.read(connection, wave, table, closed ? null : State.OPEN, limit),
        FindingRecords.read(connection, wave, table == null ? null : table.toString(), FINDINGS)
            .stream()
            .filter(finding -> closed || finding.isOpen())
            .limit(limit)
            .toList());
  }

  public boolean isEmpty() {
    return differences.isEmpty() && findings.isEmpty();
  }
}
