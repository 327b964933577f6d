package nl.veer.replicator.load;

import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.TableSnapshot;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.replicator.stamp.LoadRecords;
import org.jspecify.annotations.Nullable;

/**
 * A table that is being loaded: its snapshot and the ranges that nobody has taken yet. Safe for
 * several workers. The commits of one table follow each other, so that the one which completes it
 * is known before it commits and records that in the same transaction.
 */
final class OpenTable implements AutoCloseable {
  private final TableId id;
  private final TableSnapshot snapshot;
  private final LoadRecords records;
  private final LoadMeter meter;
  private final Queue<Range> waiting;
  private int uncommitted;

  OpenTable(TableId id, TableSnapshot snapshot, LoadRecords records, LoadMeter meter) {
    this.id = id;
    this.snapshot = snapshot;
    this.records = records;
    this.meter = meter;
    this.waiting = new ArrayDeque<>(snapshot.ranges());
    this.uncommitted = waiting.size();
  }

  /** A range for the caller alone; null if all are taken. */
  synchronized @Nullable Range take() {
    return waiting.poll();
  }

  void copy(Range range, Connection source, TargetSession target) {
    AtomicLong bytes = new AtomicLong();
    long rows =
        snapshot.copy(
            range,
            source,
            target,
            more -> {
              bytes.addAndGet(more);
              meter.copied(id, more);
            });
    commit(source, target, rows, bytes.get());
  }

  private synchronized void commit(Connection source, TargetSession target, long rows, long bytes) {
    boolean last = uncommitted == 1;
    if (last) {
      snapshot.requireUnchanged(source);
    }
    records.addLoaded(target, id, rows, bytes, last);
    target.commit();
    uncommitted--;
    meter.committed(id, rows, last);
    if (last) {
      snapshot.close();
    }
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
