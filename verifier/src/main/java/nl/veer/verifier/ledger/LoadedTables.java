package nl.veer.verifier.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;

/** What each table's load includes, as of where the ledger is. Owned by one thread. */
final class LoadedTables {
  private final BiFunction<String, Position, Boundary> dialect;
  private final Map<TableId, LoadBoundary> recorded = new HashMap<>();
  private final Map<TableId, Boundary> boundaries = new HashMap<>();

  /**
   * @param dialect reads a boundary as it was recorded
   */
  LoadedTables(
      BiFunction<String, Position, Boundary> dialect, Map<TableId, LoadBoundary> recorded) {
    this.dialect = dialect;
    recorded.forEach((table, boundary) -> set(table, Optional.of(boundary)));
  }

  /**
   * A load has begun, or its record is gone. One that is only asked for changes nothing yet: until
   * it begins, the table goes on as it was.
   */
  void set(TableId table, Optional<LoadBoundary> boundary) {
    if (boundary.isPresent()) {
      LoadBoundary now = boundary.get();
      if (!now.equals(recorded.put(table, now))) {
        boundaries.put(table, dialect.apply(now.text(), now.position()));
      }
    } else {
      recorded.remove(table);
      boundaries.remove(table);
    }
  }

  /** The table as the log identifies its rows by now. */
  LedgerTable identified(LedgerTable table) {
    LoadBoundary boundary = recorded.get(table.id());
    return boundary == null || boundary.identity() == null
        ? table
        : table.identifiedBy(boundary.identity());
  }

  Map<TableId, LoadBoundary> recorded() {
    return Map.copyOf(recorded);
  }

  Map<TableId, Boundary> boundaries() {
    return Map.copyOf(boundaries);
  }
}
