package nl.veer.verifier.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.EventPlace;
import org.jspecify.annotations.Nullable;

/**
 * The net effect of one side's changes, row by row. Within its bound it is held in memory; beyond
 * it, what was held goes to a file as it is, for effects compose. A truncate makes void what was
 * before it, there as well. Owned by one thread.
 */
final class Effects implements AutoCloseable {
  private final SpillDirectory directory;
  private final long bound;
  private final ShapeNumbers shapes = new ShapeNumbers();
  private final List<Map<RowKey, Effect>> rows = new ArrayList<>();
  private final List<Set<Shape>> met = new ArrayList<>();
  private final int[] truncates;
  private final EventPlace[] truncatedAt;
  private @Nullable SpillFile file;
  private long weight;
  private long spilled;

  /**
   * @param bound on the bytes of memory, about
   */
  Effects(int tables, SpillDirectory directory, long bound) {
    this.directory = directory;
    this.bound = bound;
    this.truncates = new int[tables];
    this.truncatedAt = new EventPlace[tables];
    for (int i = 0; i < tables; i++) {
      rows.add(new HashMap<>());
      met.add(new HashSet<>());
    }
  }

  /** Composes what is known of the row with this. */
  void add(int table, Effect effect) {
    Map<RowKey, Effect> known = rows.get(table);
    Effect before = known.putIfAbsent(effect.key(), effect);
    if (before == null) {
      weight += effect.weight();
    } else {
      Effect now = before.then(effect);
      known.put(effect.key(), now);
      weight += now.weight() - before.weight();
    }
    if (effect.columns() != null) {
      met.get(table).add(effect.columns().shape());
    }
    if (weight > bound) {
      spill();
    }
  }

  /** What memory holds of the row. */
  @Nullable Effect known(int table, RowKey key) {
    return rows.get(table).get(key);
  }

  /** Whether there may have been more to know of a row than {@link #known} tells. */
  boolean isSpilled() {
    return file != null;
  }

  void truncate(int table, EventPlace place) {
    for (Effect dropped : rows.get(table).values()) {
      weight -= dropped.weight();
    }
    rows.get(table).clear();
    met.get(table).clear();
    truncates[table]++;
    truncatedAt[table] = place;
  }

  /** Where the table was truncated last; null if it was not. */
  @Nullable EventPlace truncatedAt(int table) {
    return truncatedAt[table];
  }

  /** The shapes that the rows of the table have had since its last truncate. */
  Set<Shape> shapes(int table) {
    return met.get(table);
  }

  /** All that memory holds of the table; everything there is, if nothing is spilled. */
  Map<RowKey, Effect> rows(int table) {
    return rows.get(table);
  }

  /** Bytes of memory that all of it would take, about. */
  long size() {
    return weight + spilled;
  }

  /** Gives every effect, in order per row; of one row there may be several. */
  void forEach(SpillFile.Reader reader) {
    if (file != null) {
      file.read(
          (table, generation, effect) -> {
            if (generation == truncates[table]) {
              reader.take(table, generation, effect);
            }
          });
    }
    for (int table = 0; table < rows.size(); table++) {
      for (Effect effect : rows.get(table).values()) {
        reader.take(table, truncates[table], effect);
      }
    }
  }

  private void spill() {
    if (file == null) {
      file = directory.open(shapes);
    }
    for (int table = 0; table < rows.size(); table++) {
      for (Effect effect : rows.get(table).values()) {
        file.write(table, truncates[table], effect);
      }
      rows.get(table).clear();
    }
    spilled += weight;
    weight = 0;
  }

  SpillFile partition() {
    return directory.open(shapes);
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
