package nl.veer.replicator.stamp;

import java.util.List;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * What the target records of one table's load.
 *
 * @param truncate whether rows found on the target may be removed before the load
 * @param identity how the source's log identifies this table's rows
 * @param columns names of the columns that the load wrote; empty while PENDING
 * @param boundary which transactions the load includes, in the dialect's form; null while PENDING
 * @param boundaryPosition a position at or behind the end of each of them; null while PENDING
 */
public record TableLoad(
    TableId table,
    State state,
    boolean truncate,
    RowIdentity identity,
    List<String> columns,
    @Nullable String boundary,
    @Nullable Position boundaryPosition,
    long rows,
    long bytes) {

  public TableLoad {
    columns = List.copyOf(columns);
  }

  /** How far a table's load is. */
  public enum State {
    PENDING,
    /** Rows may have been written. After a restart the table is emptied and loaded again. */
    RUNNING,
    COMPLETE,
    /**
     * It was COMPLETE, and somebody wants it loaded anew. What the wave's replicator has not taken
     * up yet goes on as before: its boundary still holds.
     */
    AGAIN
  }

  public boolean isComplete() {
    return state == State.COMPLETE;
  }
}
