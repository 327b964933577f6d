package nl.veer.verifier.blame;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.Side;
import nl.veer.verifier.scan.postgres.StampReading;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.TargetCut.Applied;
import org.jspecify.annotations.Nullable;

/**
 * Rows as both tables hold them, each side in one state of its own; the target's was taken first,
 * so that the source is never behind it.
 *
 * @param <T> how a row is held
 * @param stamp how much of the log the target holds; null if a table is not caught up with its load
 * @param sourceRows those that the source has
 * @param targetRows those that the target has
 */
record BothSides<T>(
    PostgresSnapshot source,
    PostgresSnapshot target,
    @Nullable Applied stamp,
    Map<Suspect, T> sourceRows,
    Map<Suspect, T> targetRows) {

  /** How rows of one table are read in a session's snapshot. */
  interface Reading<T> {
    Map<RowKey, T> rows(ScanSession session, Side side, TableId table, List<RowKey> keys);
  }

  static <T> BothSides<T> read(
      ScanSession source,
      ScanSession target,
      WaveId wave,
      Collection<Suspect> suspects,
      Reading<T> reading) {
    Map<TableId, List<RowKey>> keys = new HashMap<>();
    suspects.forEach(
        suspect ->
            keys.computeIfAbsent(suspect.table(), any -> new ArrayList<>()).add(suspect.key()));
    ScanSession.Seen there = target.begin();
    Applied stamp = null;
    boolean loaded = true;
    for (TableId table : keys.keySet()) {
      StampReading said = StampReading.of(target, wave, table);
      loaded &= said.loaded();
      stamp = said.applied();
    }
    Map<Suspect, T> targetRows = rows(target, Side.TARGET, keys, reading);
    target.end();
    ScanSession.Seen here = source.begin();
    Map<Suspect, T> sourceRows = rows(source, Side.SOURCE, keys, reading);
    source.end();
    return new BothSides<>(
        PostgresSnapshot.parse(here.snapshot(), here.position()),
        PostgresSnapshot.parse(there.snapshot(), there.position()),
        loaded ? stamp : null,
        sourceRows,
        targetRows);
  }

  private static <T> Map<Suspect, T> rows(
      ScanSession session, Side side, Map<TableId, List<RowKey>> keys, Reading<T> reading) {
    Map<Suspect, T> rows = new HashMap<>();
    keys.forEach(
        (table, wanted) ->
            reading
                .rows(session, side, table, wanted)
                .forEach((key, row) -> rows.put(new Suspect(table, key), row)));
    return rows;
  }
}
