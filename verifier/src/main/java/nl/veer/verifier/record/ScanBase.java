package nl.veer.verifier.record;

import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.Exclusion;

/**
 * A complete scan that found a table EQUAL, as something that later proofs may rest on: what
 * neither side has changed since is equal still. Each of its chunks was seen at a state of its own;
 * none of them was before what is named here, so that what is included here is in all.
 *
 * @param id of the scan's statement
 * @param loadMark tells the load that it looked at from others of the same table
 * @param source the source's position at the first look
 * @param onSource the source's transactions that the first look saw
 * @param transaction number of the log's last transaction that the target held at the first look
 * @param onTarget the target's own transactions that the first look saw
 * @param exclusions what it did not compare, or not exactly
 */
public record ScanBase(
    TableId table,
    long id,
    String loadMark,
    Position source,
    PostgresSnapshot onSource,
    long transaction,
    PostgresSnapshot onTarget,
    List<Exclusion> exclusions) {

  public ScanBase {
    exclusions = List.copyOf(exclusions);
  }

  /**
   * Whether every look of the scan had this transaction of the log on both sides.
   *
   * @param number its number in the log
   * @param sourceTransaction the source's own id of it
   */
  public boolean hasSeenOnSource(long number, String sourceTransaction) {
    return number <= transaction && onSource.includes(sourceTransaction);
  }

  /** Whether every look of the scan had this transaction of the target. */
  public boolean hasSeenOnTarget(String targetTransaction) {
    return onTarget.includes(targetTransaction);
  }
}
