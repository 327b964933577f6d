package nl.veer.verifier.blame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.verifier.blame.TrailEvent.By;
import nl.veer.verifier.blame.TrailEvent.Op;
import nl.veer.verifier.digest.Digest128;
import org.jspecify.annotations.Nullable;

/**
 * The events of one row that whole transactions of a topic hold, the last ones of them. It may
 * begin in the middle of a topic. A transaction that begins anew makes void what was seen of it,
 * and one that was complete is passed over. Owned by one thread.
 */
final class TrailSink implements TopicSink {
  /** Each holds up to two rows, cut off by {@link RowMasks}. */
  static final int MOST = 200;

  private static final int NAMES = 100;

  private final BlamedTable table;
  private final Digest128 key;
  private final RowForms keys;
  private final RowMasks masks;
  private final TopicTraces.Origin origin;
  private final boolean echo;
  private final Deque<TrailEvent> events = new ArrayDeque<>();
  private final List<Change> open = new ArrayList<>();
  private Map<String, Digest128> known = new HashMap<>();
  private Map<String, Digest128> then = new HashMap<>();
  private long complete;
  private boolean inside;
  private boolean more;

  private record Change(
      Op op, List<String> columns, @Nullable String before, @Nullable String after) {}

  /**
   * @param key by the digester of the keys
   * @param echo whether the transactions are the target's
   */
  TrailSink(
      BlamedTable table,
      Digest128 key,
      RowForms keys,
      RowMasks masks,
      TopicTraces.Origin origin,
      boolean echo) {
    this.table = table;
    this.key = key;
    this.keys = keys;
    this.masks = masks;
    this.origin = origin;
    this.echo = echo;
  }

  /** Oldest first. */
  List<TrailEvent> events() {
    return List.copyOf(events);
  }

  /** Whether there were more than are kept. */
  boolean hasMore() {
    return more;
  }

  @Override
  public void read(LogEvent event) {
    if (event instanceof TransactionBegin begin) {
      inside = begin.place().transaction() > complete;
      open.clear();
      then = new HashMap<>(known);
      origin.begin();
    } else if (!inside) {
      return;
    } else if (event instanceof TransactionEnd end) {
      end(end);
    } else if (event instanceof ChangeEvent change) {
      change(change);
      origin.change(change);
    }
  }

  private void end(TransactionEnd end) {
    inside = false;
    complete = end.place().transaction();
    known = then;
    origin.end(end);
    if (open.isEmpty()) {
      return;
    }
    Touch touch = origin.touch(table, end);
    for (Change change : open) {
      if (events.size() == MOST) {
        events.removeFirst();
        more = true;
      }
      events.addLast(
          new TrailEvent(
              touch.position(),
              touch.number(),
              touch.transaction(),
              touch.committedAt(),
              change.op,
              change.columns,
              change.before,
              change.after,
              echo ? by(touch.writer()) : null,
              touch.applied()));
    }
    open.clear();
  }

  private static By by(Writer writer) {
    return switch (writer) {
      case STAMPED -> By.APPLY;
      case LOAD -> By.LOAD;
      case REPAIR -> By.REPAIR;
      case NEITHER -> By.FOREIGN_WRITER;
    };
  }

  private void change(ChangeEvent event) {
    if (event instanceof TableTruncated truncated && truncated.table().equals(table.table().id())) {
      add(Op.TRUNCATE, List.of(), null, null);
      then.clear();
    } else if (event instanceof RowChanged row && row.table().equals(table.table().id())) {
      row(row);
    }
  }

  private void row(RowChanged event) {
    if (event instanceof RowInserted inserted) {
      if (isWanted(inserted.after(), null)) {
        then = masks.of(inserted.after());
        add(Op.INSERT, List.copyOf(then.keySet()), null, then);
      }
    } else if (event instanceof RowDeleted deleted) {
      if (isWanted(deleted.before(), null)) {
        add(Op.DELETE, List.of(), masks.ofOld(deleted.before(), table.logKey()), null);
        then = new HashMap<>();
      }
    } else if (event instanceof RowUpdated updated) {
      update(updated);
    }
  }

  /** A changed key is told of the row that left it, and of the one that came to it. */
  private void update(RowUpdated event) {
    RowImage old = event.before();
    boolean stays = isWanted(event.after(), old);
    boolean was = old == null ? stays : isWanted(old, null);
    if (!stays && !was) {
      return;
    }
    Map<String, Digest128> before = old == null ? null : masks.ofOld(old, table.logKey());
    Map<String, Digest128> after = masks.of(event.after());
    Map<String, Digest128> last = was ? new HashMap<>(then) : new HashMap<>();
    if (before != null) {
      last.putAll(before);
    }
    add(Op.UPDATE, RowMasks.changed(last, after), before, after);
    if (stays) {
      last.putAll(after);
      then = last;
    } else {
      then = new HashMap<>();
    }
  }

  private void add(
      Op op,
      List<String> columns,
      @Nullable Map<String, Digest128> before,
      @Nullable Map<String, Digest128> after) {
    if (open.size() == MOST) {
      open.remove(0);
      more = true;
    }
    open.add(
        new Change(
            op,
            columns.subList(0, Math.min(NAMES, columns.size())),
            RowMasks.text(before),
            RowMasks.text(after)));
  }

  private boolean isWanted(RowImage row, @Nullable RowImage older) {
    return key.equals(keys.key(table.logKey(), row, older));
  }
}
