package nl.veer.control.dashboard.view;

import java.util.List;
import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.audit.AuditLine;
import nl.veer.control.gate.GateView;
import nl.veer.control.status.MigrationStatus;

/**
 * What the dashboard reads of a migration; it can change nothing. Each method reads anew, may take
 * as long as its servers do, and throws a {@link Failure} where there is no answer. The callers see
 * to it that none is asked more often than is good, see {@code StatusFeed} and {@code Answers}.
 * Safe for use by several threads.
 */
public interface MigrationView extends RowView {
  /** How far everything is; what cannot be read is said in it. Asked by one thread at a time. */
  MigrationStatus status();

  /**
   * What another reader of this process has read last, dated by itself; empty where there is none.
   * Reads nothing.
   */
  default Optional<MigrationStatus> overheard() {
    return Optional.empty();
  }

  /**
   * The last changes of a table's verdict, the last one first; none for a wave or table that there
   * is not.
   *
   * @param table {@code schema.table}
   */
  List<VerdictStep> history(String wave, String table, int limit);

  /** What is on record of tables. */
  TableView tables();

  /** What scans have proven to differ. */
  List<WaveDifferences> differences(RecordQuery query);

  /** What the ledger found. */
  List<WaveFindings> findings(RecordQuery query);

  /** Each wave's attempts to cut over, the last ones first. */
  List<WaveAttempts> attempts(int limit);

  /**
   * Entries of the audit log, the last one first.
   *
   * @param before only such as have a smaller number
   */
  List<AuditLine> audit(long before, int limit);

  /** Each wave's gate. Sends a marker through, and takes as long as that does. */
  List<GateView> gates();

  /** The migration's certificate as it is now, signed. */
  SignedFiles report();
}
