package nl.veer.replicator.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.SourceSnapshot;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.replicator.stamp.LoadRecords;

/**
 * Takes tasks until there are none: opens tables, copies portions of them. Owns one session on each
 * side, for as long as it runs, on one thread.
 */
final class LoadWorker {
  private final int workers;
  private final LoadQueue queue;
  private final LoadSessions sessions;
  private final LoadDialect dialect;
  private final LoadRecords records;
  private final LoadMeter meter;

  /**
   * @param workers how many there are
   */
  LoadWorker(
      int workers,
      LoadQueue queue,
      LoadSessions sessions,
      LoadDialect dialect,
      LoadRecords records,
      LoadMeter meter) {
    this.workers = workers;
    this.queue = queue;
    this.sessions = sessions;
    this.dialect = dialect;
    this.records = records;
    this.meter = meter;
  }

  /**
   * @param goesOn asked before each task
   */
  void run(BooleanSupplier goesOn) {
    try (TargetSession writing = sessions.target();
        Connection reading = sessions.source()) {
      while (goesOn.getAsBoolean()) {
        LoadQueue.Task task = queue.next();
        if (task instanceof LoadQueue.Copying copying) {
          copying.tables().copy(copying.portion(), reading, writing);
        } else if (task instanceof LoadQueue.Opening opening) {
          open(opening.tables(), writing);
        } else {
          return;
        }
      }
    } catch (SQLException e) {
      throw dialect.sourceFailure(e, "loading");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void open(List<SourceTable> tables, TargetSession writing) throws SQLException {
    OpenTables open;
    try {
      open = opened(tables, writing);
    } catch (SQLException | RuntimeException | Error e) {
      queue.notOpened();
      throw e;
    }
    queue.opened(open);
  }

  /** RUNNING is committed before the first row, so that a restart knows of rows left behind. */
  private OpenTables opened(List<SourceTable> tables, TargetSession writing) throws SQLException {
    Connection holder = sessions.source();
    SourceSnapshot snapshot = dialect.snapshot(holder, tables);
    records.startLoad(writing, tables, snapshot.boundary());
    writing.commit();
    tables.forEach(table -> meter.started(table.schema().id()));
    List<Range> ranges = snapshot.ranges(LoadPlanner.range(snapshot.bytes(), workers));
    return new OpenTables(
        snapshot, LoadPlanner.portions(ranges, workers), holder, sessions, records, meter);
  }
}
