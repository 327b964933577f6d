package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.TableId;
import nl.veer.replicator.apply.TableEffect.Single;

/**
 * Reduces changes of any number of tables, given in source order, to one effect per table. Tables
 * do not depend on each other here, for foreign keys rest while the target is a follower. Pure;
 * owned by one thread.
 */
final class NetEffect {
  private final Map<TableId, KeyedReduction> keyed = new TreeMap<>();
  private final Map<TableId, SingleChanges> keyless = new TreeMap<>();

  private static final class SingleChanges {
    private final TargetTable table;
    private final List<Single> changes = new ArrayList<>();
    private boolean truncated;

    SingleChanges(TargetTable table) {
      this.table = table;
    }
  }

  /** Takes the next change; its kind is told by which images it has. */
  void add(TableChange change) {
    TargetTable table = change.table();
    if (table.key().isEmpty()) {
      addKeyless(keyless.computeIfAbsent(table.id(), any -> new SingleChanges(table)), change);
    } else {
      addKeyed(keyed.computeIfAbsent(table.id(), any -> new KeyedReduction(table)), change);
    }
  }

  private static void addKeyed(KeyedReduction reduction, TableChange change) {
    switch (change.kind()) {
      case INSERT -> reduction.insert(change.after());
      case UPDATE -> reduction.update(change.oldKey(), change.after());
      case DELETE -> reduction.delete(change.oldKey());
      case TRUNCATE -> reduction.truncate();
    }
  }

  private static void addKeyless(SingleChanges singles, TableChange change) {
    switch (change.kind()) {
      case INSERT -> singles.changes.add(new Single(null, change.after()));
      case UPDATE -> singles.changes.add(new Single(change.before(), change.after()));
      case DELETE -> singles.changes.add(new Single(change.before(), null));
      case TRUNCATE -> {
        singles.truncated = true;
        singles.changes.clear();
      }
    }
  }

  /** One per table that was touched, by schema and name; those without a key come last. */
  List<TableEffect> effects() {
    List<TableEffect> effects = new ArrayList<>();
    keyed.values().forEach(reduction -> effects.add(reduction.effect()));
    keyless
        .values()
        .forEach(
            singles ->
                effects.add(new TableEffect(singles.table, singles.truncated, singles.changes)));
    return effects;
  }
}
