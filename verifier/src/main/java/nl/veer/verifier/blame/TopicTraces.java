package nl.veer.verifier.blame;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
import org.jspecify.annotations.Nullable;

/**
 * What whole transactions of a topic make of the wanted rows, one event after the other. Memory is
 * bounded by how many are wanted: of each only the present state is kept. A transaction that begins
 * anew makes void what was seen of it, and one that was complete is passed over. Owned by one
 * thread.
 */
final class TopicTraces implements TopicSink {
  private final Wanted wanted;
  private final RowForms forms;
  private final Origin origin;
  private final Map<Row, Trace> traces = new HashMap<>();
  private final Map<Row, OpenTrace> open = new HashMap<>();
  private long complete;
  private boolean known;

  private record Row(TableId table, Digest128 key) {}

  /** Tells whose a transaction is, from its other events. */
  interface Origin {
    void begin();

    void change(ChangeEvent event);

    /** To be called once per transaction, before {@link #touch}. */
    void end(TransactionEnd end);

    /** Of the transaction that has just ended. */
    Touch touch(BlamedTable table, TransactionEnd end);
  }

  TopicTraces(Wanted wanted, RowForms forms, Origin origin) {
    this.wanted = wanted;
    this.forms = forms;
    this.origin = origin;
  }

  @Override
  public void read(LogEvent event) {
    if (event instanceof TransactionBegin begin) {
      open.clear();
      known = begin.place().transaction() <= complete;
      origin.begin();
    } else if (known) {
      return;
    } else if (event instanceof TransactionEnd end) {
      end(end);
    } else if (event instanceof ChangeEvent change) {
      change(change);
    }
  }

  private void end(TransactionEnd end) {
    complete = end.place().transaction();
    origin.end(end);
    open.forEach(
        (row, trace) -> {
          BlamedTable table = Objects.requireNonNull(wanted.table(row.table));
          traces.put(row, trace.closed(origin.touch(table, end)));
        });
    open.clear();
    known = true;
  }

  private void change(ChangeEvent event) {
    if (event instanceof TableTruncated truncated) {
      for (Digest128 key : wanted.keys(truncated.table())) {
        opened(truncated.table(), key).end();
      }
    } else if (event instanceof RowChanged changed) {
      BlamedTable table = wanted.table(changed.table());
      if (table != null) {
        row(table, changed);
      }
    }
    origin.change(event);
  }

  private void row(BlamedTable table, RowChanged event) {
    if (event instanceof RowInserted inserted) {
      OpenTrace trace = find(table, inserted.after(), null);
      if (trace != null) {
        trace.begin(forms.columns(table, inserted.after()));
      }
    } else if (event instanceof RowDeleted deleted) {
      OpenTrace trace = find(table, deleted.before(), null);
      if (trace != null) {
        trace.end();
      }
    } else if (event instanceof RowUpdated updated) {
      update(table, updated);
    }
  }

  private void update(BlamedTable table, RowUpdated event) {
    RowImage before = event.before();
    Digest128 key = forms.key(table.logKey(), event.after(), before);
    Digest128 old = before == null ? key : forms.key(table.logKey(), before, null);
    OpenTrace trace = find(table, event.after(), before);
    if (key != null && key.equals(old)) {
      if (trace != null) {
        trace.go(forms.columns(table, event.after()));
      }
      return;
    }
    OpenTrace ended = before == null ? null : find(table, before, null);
    if (ended != null) {
      ended.end();
    }
    if (trace != null) {
      trace.begin(forms.columns(table, event.after()));
    }
  }

  private @Nullable OpenTrace find(BlamedTable table, RowImage row, @Nullable RowImage older) {
    Digest128 key = forms.key(table.logKey(), row, older);
    TableId id = table.table().id();
    return key != null && wanted.keys(id).contains(key) ? opened(id, key) : null;
  }

  private OpenTrace opened(TableId table, Digest128 key) {
    Row row = new Row(table, key);
    return open.computeIfAbsent(row, any -> new OpenTrace(traces.get(row)));
  }

  /** What is known of a row; null if no event was of it. */
  @Nullable Trace trace(TableId table, Digest128 key) {
    return traces.get(new Row(table, key));
  }
}
