package nl.veer.replicator.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSnapshot;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.replicator.stamp.LoadRecords;
import nl.veer.replicator.stamp.StampStore;

/**
 * Takes tasks until there are none: opens tables, copies ranges. Owns one connection to each side,
 * for as long as it runs, on one thread.
 */
final class LoadWorker {
  private final WaveId wave;
  private final LoadQueue queue;
  private final SourceConnections source;
  private final LoadDialect dialect;
  private final Supplier<TargetSession> target;
  private final LoadRecords records;
  private final LoadMeter meter;

  LoadWorker(
      WaveId wave,
      LoadQueue queue,
      SourceConnections source,
      LoadDialect dialect,
      Supplier<TargetSession> target,
      LoadRecords records,
      LoadMeter meter) {
    this.wave = wave;
    this.queue = queue;
    this.source = source;
    this.dialect = dialect;
    this.target = target;
    this.records = records;
    this.meter = meter;
  }

  /**
   * @param goesOn asked before each task
   */
  void run(BooleanSupplier goesOn) {
    try (Connection reading = dialect.open(source, StampStore.loadPurpose(wave));
        TargetSession writing = target.get()) {
      while (goesOn.getAsBoolean()) {
        LoadQueue.Task task = queue.next();
        if (task == null) {
          return;
        }
        OpenTable table = task.table();
        Range range = task.range();
        SourceTable toOpen = task.toOpen();
        if (table != null && range != null) {
          table.copy(range, reading, writing);
        } else if (toOpen != null) {
          open(toOpen, writing);
        }
      }
    } catch (SQLException e) {
      throw dialect.sourceFailure(e, "loading");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(SourceTable table, TargetSession writing) {
    OpenTable open;
    try {
      open = opened(table, writing);
    } catch (RuntimeException | Error e) {
      queue.notOpened();
      throw e;
    }
    queue.opened(open);
  }

  /** RUNNING is committed before the first row, so that a restart knows of rows left behind. */
  private OpenTable opened(SourceTable table, TargetSession writing) {
    TableId id = table.schema().id();
    TableSnapshot snapshot = dialect.snapshot(source, StampStore.loadPurpose(wave), table);
    try {
      records.startLoad(writing, table, snapshot.boundary());
      writing.commit();
      meter.started(id);
      return new OpenTable(id, snapshot, records, meter);
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }
}
