package nl.veer.control.wave;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.TableSnapshot;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.replicator.stamp.Adoption;
import nl.veer.replicator.stamp.Stamp;

/**
 * Begins a leg where both sides stand still and are equal: behind a marker that is written now on
 * the side that the leg comes from, and found again in its log.
 */
final class LegAdoption {
  private final OpenLog log;

  LegAdoption(OpenLog log) {
    this.log = log;
  }

  /**
   * Writes the leg's stamp and loads.
   *
   * @param rows of each table, for the records
   * @param limit for the marker's way into the leg's log
   */
  LegCut begin(Leg next, Map<TableId, Long> rows, Duration limit) {
    LegMarker marker = new LegMarker(next, "leg");
    List<SourceTable> tables = LegGround.tables(next);
    Boundary boundary = boundary(next, tables);
    LoggedEvent found;
    String logId;
    try (LogReader reader = log.reader(next.wave())) {
      logId = reader.logId();
      reader.seek(reader.endOffset());
      marker.emit();
      found = marker.find(reader, limit);
    }
    TransactionEnd end = (TransactionEnd) found.event();
    Stamp stamp =
        new Stamp(
            end.place().transaction(),
            end.position(),
            logId,
            found.offset() + 1,
            end.committedAt());
    return LegCut.of(
        new Adoption(new PostgresTarget(), next.to())
            .adopt(next.wave(), new Adoption.Ground(stamp, boundary, tables, rows)));
  }

  /** Taken before the marker, so that nothing behind the marker is passed over. */
  private static Boundary boundary(Leg next, List<SourceTable> tables) {
    try (TableSnapshot snapshot =
        new PostgresLoad().snapshot(next.from(), next.wave() + " boundary", tables.get(0))) {
      return snapshot.boundary();
    }
  }
}
