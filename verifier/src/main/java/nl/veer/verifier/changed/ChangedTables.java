package nl.veer.verifier.changed;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.scan.postgres.KeyRange;

/** All tables of a wave, and what was touched of each. Owned by one thread. */
final class ChangedTables {
  /** So many keys are in memory at once, some megabytes; then the database is asked. */
  static final int MAX_PENDING = 50_000;

  private final Map<TableId, ChangedTable> tables = new LinkedHashMap<>();

  ChangedTables(Collection<ChangedTable> all) {
    all.forEach(table -> tables.put(table.table().id(), table));
  }

  /** Empty for Veer's own tables. */
  Optional<ChangedTable> find(TableId table) {
    return Optional.ofNullable(tables.get(table));
  }

  boolean isFull() {
    return tables.values().stream().mapToLong(ChangedTable::pendingCount).sum() >= MAX_PENDING;
  }

  /** Tells which chunks keys are in. */
  interface Finder {
    Set<Integer> chunks(ChangedTable table, Collection<List<String>> keys);
  }

  void settle(Finder finder) {
    for (ChangedTable table : tables.values()) {
      if (table.pendingCount() > 0) {
        table.settle(finder.chunks(table, table.pending()));
      }
    }
  }

  Collection<ChangedTable> all() {
    return tables.values();
  }

  /** What was touched of each table that was. */
  Map<TableId, List<KeyRange>> parts() {
    Map<TableId, List<KeyRange>> parts = new LinkedHashMap<>();
    tables.values().stream()
        .filter(ChangedTable::isTouched)
        .forEach(table -> parts.put(table.table().id(), table.parts()));
    return parts;
  }
}
