package nl.veer.verifier.blame;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.digest.Digest128;
import org.jspecify.annotations.Nullable;

/** The rows whose events are looked for, by table and digest of the log's key. */
final class Wanted {
  private final Map<TableId, BlamedTable> tables = new HashMap<>();
  private final Map<TableId, Set<Digest128>> keys = new HashMap<>();

  void add(BlamedTable table, Digest128 key) {
    tables.put(table.table().id(), table);
    keys.computeIfAbsent(table.table().id(), any -> new HashSet<>()).add(key);
  }

  /** Null if none of its rows is. */
  @Nullable BlamedTable table(TableId id) {
    return tables.get(id);
  }

  Set<Digest128> keys(TableId id) {
    return keys.getOrDefault(id, Set.of());
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }
}
