package nl.veer.verifier.verdict;

import java.util.List;

/**
 * A row that is not the same on both sides.
 *
 * @param columns names of the differing columns where the row is on both sides; empty otherwise,
 *     and for a table without a key
 */
public record Difference(RowKey key, Kind kind, List<String> columns) {

  /** In what way. */
  public enum Kind {
    /** The source has it, the target has not, or fewer of them. */
    MISSING,
    /** The target has it, the source has not, or fewer of them. */
    EXTRA,
    /** Both have it, with different values. */
    VALUES
  }

  public Difference {
    columns = List.copyOf(columns);
  }
}
