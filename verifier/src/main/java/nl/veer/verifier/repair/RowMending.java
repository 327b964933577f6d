package nl.veer.verifier.repair;

import java.util.List;
import java.util.Map;
import nl.veer.connectors.failure.Failure;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.verdict.RowKey;

/** How rows of one kind of table are planned, written and proven. Owned by one thread. */
interface RowMending {

  /** What is planned for a row, and the row itself, to be shown. */
  record Shown(PlannedRow row, RowPair pair) {}

  /** What was proven of a row. */
  enum Answer {
    EQUAL,
    DIFFERENT,
    /** It went on changing, or nobody wanted to know. */
    UNKNOWN
  }

  /** What would have to be done for the target to hold what the source holds. Changes nothing. */
  List<Shown> plan(BlamedTable table, List<DifferenceRecord> differences) throws Unjudged;

  /**
   * Writes what was planned, in one transaction.
   *
   * @throws Unjudged if it cannot be proven what belongs there; nothing was changed
   * @throws Failure as a side says; nothing was changed, unless it is the commit that failed
   */
  RepairTransaction.Outcome write(BlamedTable table, List<PlannedRow> planned) throws Unjudged;

  /** Looks at rows until each was equal once, or differs and is settled. */
  Map<RowKey, Answer> prove(BlamedTable table, List<RowKey> keys) throws Unjudged;
}
