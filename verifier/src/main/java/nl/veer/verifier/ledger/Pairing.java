package nl.veer.verifier.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.failure.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what both sides did to each row. What memory does not hold is parted by the
 * digest of the rows' keys, as often as it takes until a part fits, and gone through part by part.
 * Owned by one thread.
 */
final class Pairing {
  /** Of each side, and per level: open files at once, each with a small buffer. */
  private static final int MOST_PARTS = 64;

  /** What is still too large then is one row's history, which composes to one effect. */
  private static final int MOST_LEVELS = 4;

  /** A part of this size fits into any memory. */
  private static final long SMALL = 1 << 16;

  private static final long MIXING = 0x9E37_79B9_7F4A_7C15L;

  private final int tables;
  private final long bound;
  private final Projection projection;
  private final StopSignal stop;
  private final Judge judge;

  /** Takes a row that at least one side has touched. */
  interface Judge {
    void take(int table, @Nullable Effect inLog, @Nullable Effect inEcho);
  }

  /** What of an effect is compared. */
  interface Projection {
    /** Whether it is another than the effect itself for rows of this table. */
    boolean changes(int table);

    Effect of(int table, Effect effect);
  }

  /** Effects that can be gone through again and again. */
  private interface Side {
    void forEach(SpillFile.Reader reader);
  }

  /**
   * @param bound on the bytes of memory per side, about
   */
  Pairing(int tables, long bound, Projection projection, StopSignal stop, Judge judge) {
    this.tables = tables;
    this.bound = bound;
    this.projection = projection;
    this.stop = stop;
    this.judge = judge;
  }

  /**
   * @throws Stopped if the signal is raised meanwhile
   */
  void pair(Effects log, Effects echo) {
    if (log.isSpilled() || echo.isSpilled()) {
      part(log, log::forEach, echo::forEach, Math.max(log.size(), echo.size()), 0);
      return;
    }
    for (int table = 0; table < tables; table++) {
      pair(table, projected(table, log.rows(table)), projected(table, echo.rows(table)));
    }
  }

  /**
   * @param files makes them, for both sides
   * @param size of the larger side
   */
  private void part(Effects files, Side log, Side echo, long size, int level) {
    int count = (int) Math.min(MOST_PARTS, 2 * size / bound + 1);
    List<SpillFile> logParts = new ArrayList<>();
    List<SpillFile> echoParts = new ArrayList<>();
    try {
      part(files, log, count, level, logParts);
      part(files, echo, count, level, echoParts);
      for (int i = 0; i < count; i++) {
        SpillFile ofLog = logParts.get(i);
        SpillFile ofEcho = echoParts.get(i);
        long largest = Math.max(ofLog.weight(), ofEcho.weight());
        if (largest > Math.max(bound, SMALL) && level + 1 < MOST_LEVELS) {
          part(files, ofLog::read, ofEcho::read, largest, level + 1);
        } else {
          pair(composed(ofLog), composed(ofEcho));
        }
        ofLog.close();
        ofEcho.close();
      }
    } finally {
      logParts.forEach(SpillFile::close);
      echoParts.forEach(SpillFile::close);
    }
  }

  private void part(Effects files, Side side, int count, int level, List<SpillFile> parts) {
    for (int i = 0; i < count; i++) {
      parts.add(files.partition());
    }
    side.forEach(
        (table, generation, effect) -> {
          Stopped.check(stop);
          Effect projected = projection.of(table, effect);
          parts.get(part(projected.key(), count, level)).write(table, generation, projected);
        });
  }

  /** Rows of one part fall into all parts of the next level. */
  private static int part(RowKey key, int count, int level) {
    long mixed = (key.low() + level * key.high()) * MIXING;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 32), count);
  }

  private List<Map<RowKey, Effect>> composed(SpillFile part) {
    List<Map<RowKey, Effect>> composed = new ArrayList<>();
    for (int table = 0; table < tables; table++) {
      composed.add(new HashMap<>());
    }
    part.read(
        (table, generation, effect) -> {
          Stopped.check(stop);
          composed.get(table).merge(effect.key(), effect, Effect::then);
        });
    return composed;
  }

  private Map<RowKey, Effect> projected(int table, Map<RowKey, Effect> effects) {
    if (!projection.changes(table)) {
      return effects;
    }
    Map<RowKey, Effect> projected = new HashMap<>();
    for (Effect effect : effects.values()) {
      Effect with = projection.of(table, effect);
      projected.merge(with.key(), with, Effect::then);
    }
    return projected;
  }

  private void pair(List<Map<RowKey, Effect>> log, List<Map<RowKey, Effect>> echo) {
    for (int table = 0; table < tables; table++) {
      pair(table, log.get(table), echo.get(table));
    }
  }

  private void pair(int table, Map<RowKey, Effect> log, Map<RowKey, Effect> echo) {
    int onBoth = 0;
    for (Map.Entry<RowKey, Effect> row : log.entrySet()) {
      Stopped.check(stop);
      Effect inEcho = echo.get(row.getKey());
      onBoth += inEcho == null ? 0 : 1;
      judge.take(table, row.getValue(), inEcho);
    }
    if (onBoth < echo.size()) {
      onlyInEcho(table, log, echo);
    }
  }

  private void onlyInEcho(int table, Map<RowKey, Effect> log, Map<RowKey, Effect> echo) {
    echo.forEach(
        (key, inEcho) -> {
          Stopped.check(stop);
          if (!log.containsKey(key)) {
            judge.take(table, null, inEcho);
          }
        });
  }
}
