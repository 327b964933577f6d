package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Turns log transactions into changes of the wave's tables, and keeps the handover exact: as long
 * as no transaction ended behind a table's boundary, one that the boundary includes is left out for
 * that table alone. Owned by one thread.
 */
final class WaveTables {
  private final Map<TableId, WaveTable> tables;
  private final Map<TableId, Boolean> included = new HashMap<>();
  private final SchemaWatch schemas;
  private @Nullable Position reached;
  private boolean allPassed;

  /**
   * @param reached the stamp's position; null before the first transaction
   */
  WaveTables(Map<TableId, WaveTable> tables, @Nullable Position reached, SchemaWatch schemas) {
    this.tables = Map.copyOf(tables);
    this.schemas = schemas;
    this.reached = reached;
  }

  /** New events were read from the log. */
  void polled() {
    schemas.polled();
  }

  Portion portion(LogTransaction log) {
    if (log.first()) {
      included.clear();
    }
    List<TableChange> changes = new ArrayList<>(log.events().size());
    for (ChangeEvent event : log.events()) {
      try {
        add(changes, log, event);
      } catch (Failure failure) {
        throw Incidents.at(failure, log.begin().sourceTransaction(), log.end(), event.place());
      }
    }
    TransactionEnd end = log.end();
    if (end != null) {
      reached = end.position();
    }
    return new Portion(
        log.number(),
        log.begin().sourceTransaction(),
        log.first(),
        end,
        log.nextOffset(),
        log.bytes(),
        changes.stream().mapToLong(TableChange::weight).sum(),
        log.events().size(),
        allPassed(),
        changes);
  }

  private void add(List<TableChange> changes, LogTransaction log, ChangeEvent event) {
    if (event instanceof RowInserted inserted) {
      if (!isLoaded(inserted.table(), log)) {
        changes.add(table(inserted.table(), inserted.after()).inserted(inserted));
      }
    } else if (event instanceof RowUpdated updated) {
      if (!isLoaded(updated.table(), log)) {
        changes.add(table(updated.table(), updated.after()).updated(updated));
      }
    } else if (event instanceof RowDeleted deleted) {
      if (!isLoaded(deleted.table(), log)) {
        changes.add(table(deleted.table(), deleted.before()).deleted(deleted));
      }
    } else if (event instanceof TableTruncated truncated) {
      if (!isLoaded(truncated.table(), log)) {
        changes.add(table(truncated.table()).truncated(truncated));
      }
    } else if (!(event instanceof Heartbeat) && !(event instanceof Marker)) {
      throw new IllegalStateException("An event of a kind that apply does not know");
    }
  }

  private boolean isLoaded(TableId id, LogTransaction log) {
    return included.computeIfAbsent(id, any -> includes(table(id).boundary(), log));
  }

  private boolean includes(Boundary boundary, LogTransaction log) {
    TransactionEnd end = log.end();
    return !isPassed(boundary)
        && !(end != null && end.position().isAfter(boundary.position()))
        && boundary.includes(log.begin().sourceTransaction());
  }

  /** From the first transaction that ended behind it, a boundary says nothing any more. */
  private boolean isPassed(Boundary boundary) {
    return reached != null && reached.isAfter(boundary.position());
  }

  /** Once they are passed they stay so; a large wave must not be asked at each transaction. */
  private boolean allPassed() {
    allPassed = allPassed || tables.values().stream().allMatch(t -> isPassed(t.boundary()));
    return allPassed;
  }

  private WaveTable table(TableId id, RowImage row) {
    WaveTable table = table(id);
    boolean newType = table.isNew(row.type());
    table.map(row.type());
    schemas.requireFor(id, newType);
    return table;
  }

  private WaveTable table(TableId id) {
    WaveTable table = tables.get(id);
    if (table == null) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "TABLE_UNKNOWN",
          ("The log has a change of table %s, which does not belong to the wave. Add it to the"
                  + " wave, or take it out of the wave's publication on the source.")
              .formatted(id));
    }
    return table;
  }
}
