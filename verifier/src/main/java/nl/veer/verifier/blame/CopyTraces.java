package nl.veer.verifier.blame;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.verifier.digest.Digest128;

/**
 * Counts what whole transactions of a topic do to the wanted rows of tables without a key. An
 * emptying says nothing of how many there were, but that there are none now. Owned by one thread.
 */
final class CopyTraces implements TopicSink {
  private final Wanted wanted;
  private final RowForms forms;
  private final TopicTraces.Origin origin;
  private final Map<Row, CopyTrace> traces = new HashMap<>();
  private final Map<Row, Long> open = new HashMap<>();
  private final Set<TableId> emptied = new HashSet<>();
  private long complete;
  private boolean known;

  private record Row(TableId table, Digest128 whole) {}

  CopyTraces(Wanted wanted, RowForms forms, TopicTraces.Origin origin) {
    this.wanted = wanted;
    this.forms = forms;
    this.origin = origin;
  }

  @Override
  public void read(LogEvent event) {
    if (event instanceof TransactionBegin begin) {
      forget();
      known = begin.place().transaction() <= complete;
      origin.begin();
    } else if (known) {
      return;
    } else if (event instanceof TransactionEnd end) {
      complete = end.place().transaction();
      origin.end(end);
      open.forEach((row, more) -> close(row, more, end));
      forget();
      known = true;
    } else if (event instanceof ChangeEvent change) {
      change(change);
      origin.change(change);
    }
  }

  private void forget() {
    open.clear();
    emptied.clear();
  }

  private void close(Row row, long more, TransactionEnd end) {
    Touch touch = origin.touch(Objects.requireNonNull(wanted.table(row.table)), end);
    if (!touch.loaded()) {
      CopyTrace before = traces.getOrDefault(row, CopyTrace.NONE);
      traces.put(
          row,
          emptied.contains(row.table) ? before.emptied(more, touch) : before.plus(more, touch));
    }
  }

  private void change(ChangeEvent event) {
    if (event instanceof TableTruncated truncated) {
      empty(truncated.table());
    }
    if (!(event instanceof RowChanged changed)) {
      return;
    }
    BlamedTable table = wanted.table(changed.table());
    if (table == null) {
      return;
    }
    if (event instanceof RowInserted inserted) {
      count(table, forms.columns(table, inserted.after()), 1);
    } else if (event instanceof RowDeleted deleted) {
      count(table, forms.columns(table, deleted.before()), -1);
    } else if (event instanceof RowUpdated updated) {
      RowImage before = updated.before();
      Map<String, Digest128> old = before == null ? Map.of() : forms.columns(table, before);
      Map<String, Digest128> now = new HashMap<>(old);
      now.putAll(forms.columns(table, updated.after()));
      count(table, old, -1);
      count(table, now, 1);
    }
  }

  private void empty(TableId table) {
    emptied.add(table);
    wanted.keys(table).forEach(whole -> open.put(new Row(table, whole), 0L));
  }

  private void count(BlamedTable table, Map<String, Digest128> columns, long more) {
    Digest128 whole = forms.whole(columns);
    TableId id = table.table().id();
    if (wanted.keys(id).contains(whole)) {
      open.merge(new Row(id, whole), more, Long::sum);
    }
  }

  CopyTrace trace(TableId table, Digest128 whole) {
    return traces.getOrDefault(new Row(table, whole), CopyTrace.NONE);
  }
}
