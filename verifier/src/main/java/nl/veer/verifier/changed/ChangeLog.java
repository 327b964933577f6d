package nl.veer.verifier.changed;

import java.time.Duration;
import java.util.Optional;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * One side's log, read from before the oldest scan on. What was begun and never ended counts as
 * well: that is too much at worst. Owned by one thread.
 */
final class ChangeLog implements AutoCloseable {
  /** Which side's changes are in a log. */
  enum Side {
    /** The wave's log. */
    SOURCE,
    /** The echo. */
    TARGET
  }

  private final Side side;
  private final LogReader reader;
  private final ChangedTables tables;
  private long behind;
  private @Nullable String transaction;
  private @Nullable Position position;

  ChangeLog(Side side, LogReader reader, ChangedTables tables) {
    this.side = side;
    this.reader = reader;
    this.tables = tables;
  }

  /** Takes what comes in time. */
  void poll(Duration patience) {
    for (LoggedEvent logged : reader.poll(patience)) {
      read(logged.event());
      behind = logged.offset() + 1;
    }
  }

  /** Whether all that lies before this offset was read; it may be Kafka's own. */
  boolean hasRead(long end) {
    return behind >= end || reader.isAtEnd();
  }

  long endOffset() {
    return reader.endOffset();
  }

  /** The end of the last transaction that was read whole; empty if none was. */
  Optional<Position> position() {
    return Optional.ofNullable(position);
  }

  void read(LogEvent event) {
    if (event instanceof TransactionBegin begin) {
      transaction = begin.sourceTransaction();
    } else if (event instanceof TransactionEnd end) {
      transaction = null;
      position = end.position();
    } else if (event instanceof RowChanged change) {
      tables
          .find(change.table())
          .filter(table -> !hasSeen(table, event))
          .ifPresent(table -> table.touch(change, side));
    } else if (event instanceof TableTruncated truncated) {
      tables
          .find(truncated.table())
          .filter(table -> !hasSeen(table, event))
          .ifPresent(ChangedTable::touchAll);
    }
  }

  /** Of a transaction whose begin was not read nobody knows. */
  private boolean hasSeen(ChangedTable table, LogEvent event) {
    String id = transaction;
    if (id == null) {
      return false;
    }
    return side == Side.SOURCE
        ? table.base().hasSeenOnSource(event.place().transaction(), id)
        : table.base().hasSeenOnTarget(id);
  }

  @Override
  public void close() {
    reader.close();
  }
}
