package nl.veer.verifier.scan;

import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.RangeLooks;

/**
 * How far a table's scan is: everything up to a key.
 *
 * @param shape the table's columns and key; if these have changed, the scan begins anew
 * @param bound the last key of what is done
 * @param outcome what came of it
 * @param ranges the parts of it
 */
public record TableProgress(
    TableId table, String shape, List<String> bound, ChunkOutcome outcome, RangeLooks ranges) {

  public TableProgress {
    bound = List.copyOf(bound);
  }

  /** Never the key's values: they must not reach a log. */
  @Override
  public String toString() {
    return "TableProgress of " + table;
  }
}
