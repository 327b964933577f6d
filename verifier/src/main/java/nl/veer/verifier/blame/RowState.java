package nl.veer.verifier.blame;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nl.veer.verifier.digest.Digest128;

/**
 * A row as a table holds it now: its columns' canonical values as keyed digests.
 *
 * @param columns all of them, by name; none if it is not there
 */
record RowState(boolean present, Map<String, Digest128> columns) {
  static final RowState ABSENT = new RowState(false, Map.of());

  RowState {
    columns = Map.copyOf(columns);
  }

  /** Names of the columns that both have, with different values. */
  Set<String> differing(RowState other) {
    Set<String> differing = new TreeSet<>();
    columns.forEach(
        (name, value) -> {
          Digest128 there = other.columns.get(name);
          if (there != null && !there.equals(value)) {
            differing.add(name);
          }
        });
    return differing;
  }

  boolean isSame(RowState other) {
    return present == other.present && differing(other).isEmpty();
  }
}
