package nl.veer.verifier.blame;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import nl.veer.verifier.digest.Digest128;

/**
 * What a topic's events have made of a row, up to some place. A row of which the topic has no event
 * has none.
 *
 * @param begun whether its first event was an insert: before that there was no such row
 * @param present whether its last event left a row
 * @param columns the values that were carried, the last one of each; what no event has carried is
 *     missing
 * @param last the last transaction that touched it
 */
record Trace(boolean begun, boolean present, Map<String, Cell> columns, Touch last) {

  /** A value, and the transaction that was the last to carry it. */
  record Cell(Digest128 value, Touch touch) {}

  Trace {
    columns = Map.copyOf(columns);
  }

  /** Whether the row is as this says, as far as it says anything. */
  boolean fits(RowState row) {
    return present == row.present()
        && columns.entrySet().stream()
            .allMatch(
                cell -> {
                  Digest128 there = row.columns().get(cell.getKey());
                  return there == null || there.equals(cell.getValue().value());
                });
  }

  /** The same about some columns only; about all if there are none. */
  Trace about(Collection<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    Map<String, Cell> some =
        columns.entrySet().stream()
            .filter(cell -> names.contains(cell.getKey()))
            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Stream<Touch> touches = some.values().stream().map(Cell::touch);
    Touch carried =
        present ? touches.max(Comparator.comparingLong(Touch::number)).orElse(last) : last;
    return new Trace(begun, present, some, carried);
  }

  /** Whether it says anything about the row's presence, or of one of its values. */
  boolean isSilent() {
    return present && columns.isEmpty();
  }
}
