package nl.veer.connectors.dialect.postgres;

import java.util.Set;
import java.util.TreeSet;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * PostgreSQL's {@code pg_current_snapshot()}: {@code xmin:xmax:xip,xip…}, all 64 bits wide. A
 * transaction is included if it is below xmin, or below xmax and was not in progress.
 *
 * <p>The log knows only the lower 32 bits of a transaction's id. It is lifted to the one 64-bit id
 * that is less than 2^31 away from xmax: PostgreSQL itself never lets two ids that are in use be
 * further apart. That holds for every transaction up to {@link #position}; the first one behind it
 * ends the table's boundary for good, so ids that wrap around later are never compared. What the
 * log holds from before the load must not be that far away either: {@link #reaches}.
 */
public final class PostgresSnapshot implements Boundary {
  /** Half of what can be told apart: the log may have begun as long before the horizon again. */
  private static final long REACH = 1L << 30;

  private final long xmin;
  private final long xmax;
  private final Set<Long> inProgress;
  private final Position position;

  private PostgresSnapshot(long xmin, long xmax, Set<Long> inProgress, Position position) {
    this.xmin = xmin;
    this.xmax = xmax;
    this.inProgress = inProgress;
    this.position = position;
  }

  /**
   * Reads what the server gave.
   *
   * @param position the WAL's insert position, read after the snapshot was taken
   * @throws IllegalArgumentException if the text is not of {@code pg_snapshot}'s form
   */
  public static PostgresSnapshot parse(String text, Position position) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("Not a pg_snapshot: " + text);
    }
    Set<Long> inProgress = new TreeSet<>();
    for (String id : parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1)) {
      inProgress.add(Long.parseLong(id));
    }
    return new PostgresSnapshot(
        Long.parseLong(parts[0]), Long.parseLong(parts[1]), inProgress, position);
  }

  @Override
  public boolean includes(String sourceTransaction) {
    long id = lift(parsed(sourceTransaction));
    return id < xmin || (id < xmax && !inProgress.contains(id));
  }

  private static int parsed(String sourceTransaction) {
    try {
      return Integer.parseUnsignedInt(sourceTransaction);
    } catch (NumberFormatException e) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "RECORD_CORRUPT",
          "A transaction of the log has no id of PostgreSQL's. Its BEGIN was damaged, or not"
              + " written by Veer. Restore the topic, or load anew with veer load --again.",
          e);
    }
  }

  /** The int's difference wraps just as the 32-bit ids do. */
  private long lift(int id) {
    return xmax + (id - (int) xmax);
  }

  @Override
  public boolean reaches(String horizon) {
    return xmax - Long.parseLong(horizon) < REACH;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder().append(xmin).append(':').append(xmax).append(':');
    String separator = "";
    for (long id : inProgress) {
      text.append(separator).append(id);
      separator = ",";
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
