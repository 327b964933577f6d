package nl.veer.verifier.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import org.jspecify.annotations.Nullable;

/**
 * The log's transactions that one stamp covers: what they do to the wave's tables beyond what each
 * table's load includes. A boundary is asked until the first transaction that ends behind it. Owned
 * by one thread.
 */
final class LogBatch implements TransactionSink, AutoCloseable {
  private final WaveTables tables;
  private final RowDigests digests;
  private final Supplier<Effects> fresh;
  private final Map<TableId, Boundary> boundaries;
  private final @Nullable Position start;
  private final Map<TableId, Boolean> included = new HashMap<>();
  private Effects effects;
  private Reduction reduction;
  private @Nullable Position reached;
  private String transaction = "";
  private long transactions;
  private boolean marked;

  /**
   * @param start position of the last transaction before the batch; null if there is none
   */
  LogBatch(
      WaveTables tables,
      RowDigests digests,
      Supplier<Effects> fresh,
      Map<TableId, Boundary> boundaries,
      @Nullable Position start) {
    this.tables = tables;
    this.digests = digests;
    this.fresh = fresh;
    this.boundaries = boundaries;
    this.start = start;
    this.reached = start;
    this.effects = fresh.get();
    this.reduction = new Reduction(digests, effects);
  }

  @Override
  public void restart() {
    effects.close();
    effects = fresh.get();
    reduction = new Reduction(digests, effects);
    reached = start;
    transactions = 0;
    marked = false;
  }

  @Override
  public void begin(TransactionBegin begin) {
    transaction = begin.sourceTransaction();
    included.clear();
  }

  @Override
  public void change(ChangeEvent event) {
    if (event instanceof RowChanged changed) {
      int table = tables.number(changed.table());
      if (!isLoaded(changed.table())) {
        reduction.change(table, tables.isKeyed(table), tables.table(table).logWhole(), changed);
      }
    } else if (event instanceof TableTruncated truncated) {
      int table = tables.number(truncated.table());
      if (!isLoaded(truncated.table())) {
        effects.truncate(table, truncated.place());
      }
    } else if (event instanceof Marker) {
      marked = true;
    } else if (!(event instanceof Heartbeat)) {
      throw new IllegalStateException("An event of a kind that the ledger does not know");
    }
  }

  @Override
  public void end(TransactionEnd end) {
    reached = end.position();
    transactions++;
  }

  private boolean isLoaded(TableId table) {
    return included.computeIfAbsent(table, this::includes);
  }

  private boolean includes(TableId table) {
    Boundary boundary = boundaries.get(table);
    if (boundary == null || (reached != null && reached.isAfter(boundary.position()))) {
      return false;
    }
    return boundary.includes(transaction);
  }

  Effects effects() {
    return effects;
  }

  /** Whether there is a marker among it: somebody waits for word that it was weighed. */
  boolean isMarked() {
    return marked;
  }

  /** How many whole transactions it has. */
  long transactions() {
    return transactions;
  }

  @Override
  public void close() {
    effects.close();
  }
}
