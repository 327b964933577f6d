package nl.veer.verifier.blame;

import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.TableFacts;

/**
 * A table of the wave, as far as its rows' history is read.
 *
 * @param logKey names of the columns by which log and echo tell rows apart, in key order
 * @param wholeBefore whether the log's before images hold every column
 * @param boundary what its load includes
 * @param computed columns that one of the sides computes itself
 * @param leftOut columns that may differ, by the user's declaration
 * @param triggers names of the target's triggers and rules that fire for the replicator too
 */
public record BlamedTable(
    ScanTable table,
    TableFacts source,
    TableFacts target,
    List<String> logKey,
    boolean wholeBefore,
    Boundary boundary,
    Set<String> computed,
    Set<String> leftOut,
    List<String> triggers) {

  public BlamedTable {
    logKey = List.copyOf(logKey);
    computed = Set.copyOf(computed);
    leftOut = Set.copyOf(leftOut);
    triggers = List.copyOf(triggers);
  }

  /** Whether a column's values have to be the same on both sides, and nobody computes them. */
  boolean isWeighed(String column) {
    return !computed.contains(column) && !leftOut.contains(column);
  }
}
