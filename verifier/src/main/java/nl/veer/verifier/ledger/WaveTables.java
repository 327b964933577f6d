package nl.veer.verifier.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** The wave's tables by number. Immutable. */
final class WaveTables {
  private final List<LedgerTable> tables;
  private final Map<TableId, Integer> numbers = new HashMap<>();

  WaveTables(List<LedgerTable> tables) {
    this.tables = tables;
    for (int i = 0; i < tables.size(); i++) {
      numbers.put(tables.get(i).id(), i);
    }
  }

  LedgerTable table(int number) {
    return tables.get(number);
  }

  boolean isKeyed(int number) {
    return !tables.get(number).key().isEmpty();
  }

  Optional<Integer> find(TableId id) {
    return Optional.ofNullable(numbers.get(id));
  }

  int number(TableId id) {
    Integer number = numbers.get(id);
    if (number == null) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "TABLE_UNKNOWN",
          ("The log or the echo has a change of table %s, which does not belong to the wave. Add it"
                  + " to the wave, or take it out of the wave's publication.")
              .formatted(id));
    }
    return number;
  }
}
