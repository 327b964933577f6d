package nl.veer.verifier.value;

import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.TableId;

/**
 * All that the user has declared, in the user's order; at most one per column. A verdict lists them
 * with the number of rows that each has touched.
 */
public record Tolerances(List<Tolerance> declared) {
  public static final Tolerances NONE = new Tolerances(List.of());

  public Tolerances {
    declared = List.copyOf(declared);
    long columns = declared.stream().map(t -> List.of(t.table(), t.column())).distinct().count();
    if (columns < declared.size()) {
      throw new IllegalArgumentException("Two tolerances for one column");
    }
  }

  public Optional<Tolerance> of(TableId table, String column) {
    return declared.stream()
        .filter(t -> t.table().equals(table) && t.column().equals(column))
        .findFirst();
  }
}
