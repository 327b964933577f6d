package nl.veer.verifier.blame;

import java.util.HashSet;
import java.util.Set;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * Of the echo's transactions: whether the replicator, a load or a repair has written them, as
 * Veer's own records in them say. Owned by one thread.
 */
final class EchoOrigin implements TopicTraces.Origin {
  private static final String RECORDS = "veer";
  private static final long UNKNOWN = -1;

  private final WaveId wave;
  private final Set<TableId> loaded = new HashSet<>();
  private final Set<TableId> repaired = new HashSet<>();
  private long applied = UNKNOWN;
  private long from = UNKNOWN;
  private long stamp = UNKNOWN;
  private boolean stamped;

  EchoOrigin(WaveId wave) {
    this.wave = wave;
  }

  @Override
  public void begin() {
    loaded.clear();
    repaired.clear();
    stamp = UNKNOWN;
  }

  @Override
  public void change(ChangeEvent event) {
    if (!(event instanceof RowChanged changed)
        || event instanceof RowDeleted
        || !changed.table().schema().equals(RECORDS)) {
      return;
    }
    RowImage row = image(changed);
    if (row == null
        || !wave.migration().equals(value(row, "migration"))
        || !wave.wave().equals(value(row, "wave"))) {
      return;
    }
    switch (changed.table().name()) {
      case "stamp" -> stamp = value(row, "transaction_number") instanceof Long n ? n : UNKNOWN;
      case "load" -> loaded.add(table(row));
      case "repair" -> repaired.add(table(row));
      default -> {
        // Says nothing of a transaction.
      }
    }
  }

  private static @Nullable RowImage image(RowChanged event) {
    if (event instanceof RowInserted inserted) {
      return inserted.after();
    }
    return event instanceof RowUpdated updated ? updated.after() : null;
  }

  private static TableId table(RowImage row) {
    return new TableId(
        String.valueOf(value(row, "table_schema")), String.valueOf(value(row, "table_name")));
  }

  private static @Nullable Object value(RowImage row, String column) {
    int index = row.type().indexOf(column);
    return index < 0 || row.isAbsent(index) ? null : row.value(index);
  }

  /** A claim of the stamp does not move it, and explains nothing. */
  @Override
  public void end(TransactionEnd end) {
    stamped = stamp != UNKNOWN && stamp > Math.max(applied, 0);
    if (stamp != UNKNOWN) {
      from = from == UNKNOWN ? stamp : from;
      applied = stamp;
    }
  }

  @Override
  public Touch touch(BlamedTable table, TransactionEnd end) {
    TableId id = table.table().id();
    Writer writer =
        repaired.contains(id)
            ? Writer.REPAIR
            : loaded.contains(id) ? Writer.LOAD : stamped ? Writer.STAMPED : Writer.NEITHER;
    return new Touch(
        end.place().transaction(),
        end.sourceTransaction(),
        end.position(),
        end.committedAt(),
        writer,
        Math.max(applied, 0),
        false);
  }

  /** What was applied up to this log transaction is not in the echo; 0 if it holds all. */
  long from() {
    return from == UNKNOWN ? Long.MAX_VALUE : from;
  }
}
