package nl.veer.verifier.blame;

import java.time.Instant;
import java.util.List;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * What one event of a whole transaction made of a row, values masked by {@link RowMasks}.
 *
 * @param transaction its number in the topic
 * @param databaseTransaction the database's own id of it
 * @param columns those whose value is another than the last one known; of an insert all
 * @param before the old row as far as it is carried; null if none of it is
 * @param after the new row as far as it is carried; null if there is none
 * @param by in the echo, whose the transaction is; null in the log
 * @param applied in the echo, number of the last log transaction that the target held with it; 0 if
 *     that is not known, and in the log
 */
public record TrailEvent(
    Position position,
    long transaction,
    String databaseTransaction,
    Instant committedAt,
    Op op,
    List<String> columns,
    @Nullable String before,
    @Nullable String after,
    @Nullable By by,
    long applied) {

  /** What was done to the row. */
  public enum Op {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
  }

  /** Whose a transaction of the target is. */
  public enum By {
    APPLY,
    LOAD,
    REPAIR,
    FOREIGN_WRITER
  }

  public TrailEvent {
    columns = List.copyOf(columns);
  }
}
