package nl.veer.verifier.ledger;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the tables' loads included where an echo begins. A table that was loaded anew since
 * has another boundary on record by now; but the echo has the change of that record, and its first
 * one says what was there before (veer.load has the replica identity FULL for it). Where the echo
 * has none, what is on record now was so all the time, once the echo is read as far as the record
 * was. So the whole echo is read once more than it is balanced, by a ledger that begins. Owned by
 * one thread.
 */
final class FirstBoundaries {
  private static final Duration POLL = Duration.ofMillis(200);

  private final WaveId wave;
  private final Map<TableId, LoadBoundary> first;
  private final Set<TableId> met = new HashSet<>();

  private FirstBoundaries(WaveId wave, Map<TableId, LoadBoundary> now) {
    this.wave = wave;
    this.first = new HashMap<>(now);
  }

  /**
   * Reads the echo from its beginning.
   *
   * @param now what is on record
   * @param asOf a place in the target's commit order behind which that was read; null to look no
   *     farther than the echo's present end
   * @return empty if it was stopped
   */
  static Optional<Map<TableId, LoadBoundary>> find(
      WaveId wave,
      Map<TableId, LoadBoundary> now,
      @Nullable Position asOf,
      LogReader echo,
      StopSignal stop) {
    FirstBoundaries found = new FirstBoundaries(wave, now);
    echo.seek(echo.beginOffset());
    while (!stop.isRaised()) {
      if (asOf == null && echo.isAtEnd()) {
        return Optional.of(found.first);
      }
      for (LoggedEvent logged : echo.poll(POLL)) {
        LogEvent event = logged.event();
        if (event instanceof RowChanged changed && changed.table().equals(VeerRow.LOAD)) {
          found.see(changed);
        } else if (asOf != null
            && event instanceof TransactionEnd end
            && !asOf.isAfter(end.position())) {
          return Optional.of(found.first);
        }
      }
    }
    return Optional.empty();
  }

  private void see(RowChanged event) {
    VeerRow row = VeerRow.of(event);
    if (!row.isOf(wave) || !met.add(row.table())) {
      return;
    }
    if (event instanceof RowInserted) {
      first.remove(row.table());
      return;
    }
    RowImage before = event instanceof RowUpdated updated ? updated.before() : row.image();
    if (before != null) {
      VeerRow old = new VeerRow(before);
      LoadBoundary boundary = old.boundary();
      if (boundary != null) {
        first.put(row.table(), boundary);
      } else if (old.value("state") != null) {
        first.remove(row.table());
      }
    }
  }
}
