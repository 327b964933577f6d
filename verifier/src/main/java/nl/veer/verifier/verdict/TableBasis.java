package nl.veer.verifier.verdict;

import java.util.List;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * All that a table's verdict rests on.
 *
 * @param loaded whether the target has a whole copy
 * @param scans the last first; behind it such as may still hold where the last is too new for the
 *     ledger
 * @param differences open ones
 * @param differenceScan the last scan that saw one; 0 if there is none
 * @param findings open ones of the ledger
 * @param newestFinding the newest one's id; 0 if there is none
 * @param closedBy what has closed a difference or finding last; null if nothing ever did
 */
public record TableBasis(
    TableId table,
    boolean loaded,
    List<Scanned> scans,
    long differences,
    long differenceScan,
    long findings,
    long newestFinding,
    @Nullable String closedBy) {

  public TableBasis {
    scans = List.copyOf(scans);
  }
}
