package nl.veer.control.status;

import java.util.List;
import nl.veer.control.word.ReplicatorSaid;

/**
 * How far a wave's load is.
 *
 * @param tables how many tables the wave has
 * @param complete how many of them are loaded
 * @param rows loaded so far
 * @param estimatedRows the source's own estimate of all; 0 if unknown
 * @param rowsPerSecond of the tables that are being loaded now; 0 if none is
 * @param details one per table
 */
public record LoadStatus(
    int tables,
    int complete,
    long rows,
    long estimatedRows,
    long bytes,
    double rowsPerSecond,
    List<Table> details) {

  public LoadStatus {
    details = List.copyOf(details);
  }

  /** One table's load. */
  public record Table(String table, boolean complete, long rows, long estimatedRows, long bytes) {}

  /** The same, with what the replicator says of the tables that are under way. */
  LoadStatus underWay(ReplicatorSaid.Load said) {
    return new LoadStatus(
        tables,
        complete,
        Math.max(rows, said.rows()),
        Math.max(said.estimatedRows(), Math.max(rows, said.rows())),
        Math.max(bytes, said.bytes()),
        said.rowsPerSecond(),
        details);
  }

  static LoadStatus of(int tables, List<Table> details, double rowsPerSecond) {
    return new LoadStatus(
        tables,
        (int) details.stream().filter(Table::complete).count(),
        details.stream().mapToLong(Table::rows).sum(),
        details.stream().mapToLong(t -> Math.max(t.estimatedRows(), t.rows())).sum(),
        details.stream().mapToLong(Table::bytes).sum(),
        rowsPerSecond,
        details);
  }
}
