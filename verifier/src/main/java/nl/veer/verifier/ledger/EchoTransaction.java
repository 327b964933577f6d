package nl.veer.verifier.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of the target: what it did to the wave's tables, and what Veer's own records say
 * in it. The records of other waves are none of ours. Owned by one thread.
 */
final class EchoTransaction implements TransactionSink, AutoCloseable {
  private final WaveId wave;
  private final WaveTables tables;
  private final RowDigests digests;
  private final Supplier<Effects> fresh;
  private Effects effects;
  private Reduction reduction;
  private @Nullable StampEvent stamp;
  private boolean stampGone;
  private final Set<Integer> explained = new HashSet<>();
  private final Map<TableId, Optional<LoadBoundary>> boundaries = new HashMap<>();

  EchoTransaction(WaveId wave, WaveTables tables, RowDigests digests, Supplier<Effects> fresh) {
    this.wave = wave;
    this.tables = tables;
    this.digests = digests;
    this.fresh = fresh;
    this.effects = fresh.get();
    this.reduction = new Reduction(digests, effects);
  }

  @Override
  public void restart() {
    effects.close();
    effects = fresh.get();
    reduction = new Reduction(digests, effects);
    stamp = null;
    stampGone = false;
    explained.clear();
    boundaries.clear();
  }

  @Override
  public void begin(TransactionBegin begin) {}

  @Override
  public void change(ChangeEvent event) {
    if (event instanceof RowChanged changed) {
      if (changed.table().equals(VeerRow.STAMP)) {
        stamped(changed);
      } else if (changed.table().equals(VeerRow.LOAD)) {
        loaded(changed);
      } else if (changed.table().equals(VeerRow.REPAIR)) {
        repaired(changed);
      } else {
        int table = tables.number(changed.table());
        reduction.change(table, tables.isKeyed(table), tables.table(table).echoWhole(), changed);
      }
    } else if (event instanceof TableTruncated truncated) {
      truncated(truncated);
    } else if (!(event instanceof Heartbeat) && !(event instanceof Marker)) {
      throw new IllegalStateException("An event of a kind that the ledger does not know");
    }
  }

  @Override
  public void end(TransactionEnd end) {}

  private void truncated(TableTruncated event) {
    if (event.table().equals(VeerRow.STAMP)) {
      stampGone = true;
    } else if (!event.table().equals(VeerRow.LOAD) && !event.table().equals(VeerRow.REPAIR)) {
      effects.truncate(tables.number(event.table()), event.place());
    }
  }

  private void stamped(RowChanged event) {
    VeerRow row = VeerRow.of(event);
    if (!row.isOf(wave)) {
      return;
    }
    if (event instanceof RowDeleted) {
      stampGone = true;
      stamp = null;
    } else {
      stampGone = false;
      stamp = StampEvent.of(row);
    }
  }

  /** Every transaction of a load writes this row, also the one that empties the table first. */
  private void loaded(RowChanged event) {
    VeerRow row = VeerRow.of(event);
    if (!row.isOf(wave)) {
      return;
    }
    LoadBoundary boundary = row.boundary();
    if (event instanceof RowDeleted) {
      boundaries.put(row.table(), Optional.empty());
    } else {
      tables.find(row.table()).ifPresent(explained::add);
      if (boundary != null) {
        boundaries.put(row.table(), Optional.of(boundary));
      }
    }
  }

  /** A repair's row is written with what it mends, and for it alone. */
  private void repaired(RowChanged event) {
    VeerRow row = VeerRow.of(event);
    if (event instanceof RowInserted && row.isOf(wave)) {
      tables.find(row.table()).ifPresent(explained::add);
    }
  }

  Effects effects() {
    return effects;
  }

  /** The stamp as the transaction left it; null if it did not touch it. */
  @Nullable StampEvent stamp() {
    return stamp;
  }

  boolean isStampGone() {
    return stampGone;
  }

  /** Tables whose rows a load or a repair explains, by number. */
  Set<Integer> explained() {
    return explained;
  }

  /** What loads that have begun include; empty where a load's record is gone. */
  Map<TableId, Optional<LoadBoundary>> boundaries() {
    return boundaries;
  }

  @Override
  public void close() {
    effects.close();
  }
}
