package nl.veer.verifier.blame;

import java.util.HashMap;
import java.util.Map;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Of the log's transactions: which of them a table's load includes. Its boundary is asked until the
 * first transaction that ends behind it. Owned by one thread.
 */
final class LogOrigin implements TopicTraces.Origin {
  private final Map<TableId, Boolean> included = new HashMap<>();
  private @Nullable Position before;
  private @Nullable Position reached;

  @Override
  public void begin() {
    included.clear();
  }

  @Override
  public void change(ChangeEvent event) {}

  @Override
  public void end(TransactionEnd end) {
    before = reached;
    reached = end.position();
  }

  @Override
  public Touch touch(BlamedTable table, TransactionEnd end) {
    boolean loaded = included.computeIfAbsent(table.table().id(), id -> includes(table, end));
    return new Touch(
        end.place().transaction(),
        end.sourceTransaction(),
        end.position(),
        end.committedAt(),
        Writer.NEITHER,
        0,
        loaded);
  }

  private boolean includes(BlamedTable table, TransactionEnd end) {
    boolean behind = before != null && before.isAfter(table.boundary().position());
    return !behind && table.boundary().includes(end.sourceTransaction());
  }
}
