package nl.veer.replicator.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StandingFailure;
import org.jspecify.annotations.Nullable;

/** How far the loads are. Written by the load's workers, read by any thread. */
public final class LoadMeter {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<TableId, Row> tables = new TreeMap<>();
  private final StandingFailure failure;
  private @Nullable Failure waitingFor;

  /**
   * @param failure told what is over when something was loaded
   */
  public LoadMeter(StandingFailure failure) {
    this.failure = failure;
  }

  private static final class Row {
    private boolean complete;
    private long rows;
    private long estimatedRows;
    private long bytes;
    private long startedNanos;
    private long endedNanos;

    /** Whether the last attempt may have failed of this table. */
    private boolean doubtful;
  }

  /**
   * How far one table is.
   *
   * @param rowsPerSecond over the load so far; 0 if it did not run in this process
   */
  public record Reading(
      TableId table,
      boolean complete,
      long rows,
      long estimatedRows,
      long bytes,
      double rowsPerSecond) {}

  /** One per table, by schema and name. */
  public synchronized List<Reading> read() {
    List<Reading> readings = new ArrayList<>();
    tables.forEach(
        (table, row) ->
            readings.add(
                new Reading(
                    table, row.complete, row.rows, row.estimatedRows, row.bytes, rate(row))));
    return readings;
  }

  private static double rate(Row row) {
    long end = row.complete ? row.endedNanos : System.nanoTime();
    return row.startedNanos == 0 || end <= row.startedNanos
        ? 0
        : row.rows * NANOS_PER_SECOND / (end - row.startedNanos);
  }

  /** What the load waits for before it begins; null if nothing. */
  public synchronized @Nullable Failure waitingFor() {
    return waitingFor;
  }

  synchronized void waitingFor(@Nullable Failure failure) {
    waitingFor = failure;
  }

  synchronized void planned(TableId table, long estimatedRows) {
    row(table).estimatedRows = estimatedRows;
  }

  synchronized void known(TableId table, boolean complete, long rows, long bytes) {
    Row row = row(table);
    if (row.complete && !complete) {
      row.startedNanos = 0;
    }
    row.complete = complete;
    row.rows = complete ? rows : 0;
    row.bytes = complete ? bytes : 0;
  }

  synchronized void started(TableId table) {
    Row row = row(table);
    row.rows = 0;
    row.bytes = 0;
    row.startedNanos = System.nanoTime();
  }

  synchronized void copied(TableId table, long bytes) {
    row(table).bytes += bytes;
  }

  synchronized void committed(TableId table, long rows, boolean complete) {
    Row row = row(table);
    row.rows += rows;
    row.complete = complete;
    row.endedNanos = System.nanoTime();
    row.doubtful &= !complete;
    if (tables.values().stream().anyMatch(any -> any.doubtful)) {
      failure.reachable();
    } else {
      failure.passed();
    }
  }

  /** The attempt has: of a table that it had begun, or of none. */
  synchronized void failed() {
    tables.values().forEach(row -> row.doubtful = row.startedNanos != 0 && !row.complete);
  }

  private Row row(TableId table) {
    return tables.computeIfAbsent(table, any -> new Row());
  }
}
