package nl.veer.verifier.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.RowTexts;
import nl.veer.verifier.scan.postgres.RowTexts.Hold;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.Side;
import nl.veer.verifier.scan.postgres.StampReading;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TargetCut;
import nl.veer.verifier.verdict.UnknownReason;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a table as both sides hold them, each side in one state.
 *
 * @param rows every row that was asked for
 */
record RowLook(Cuts cuts, Map<RowKey, RowPair> rows) {

  /**
   * Looks at the target first: the source is never behind what it holds.
   *
   * @throws Unjudged if the table is not caught up with its load
   * @throws Failure as a side says
   */
  static RowLook at(
      ScanSession source, ScanSession target, WaveId wave, BlamedTable table, List<RowKey> keys)
      throws Unjudged {
    ScanSession.Seen there = target.begin();
    StampReading stamp = StampReading.of(target, wave, table.table().id());
    Map<RowKey, List<@Nullable String>> targetRows = rows(target, Side.TARGET, table, keys);
    target.end();
    if (stamp.applied() == null || !stamp.loaded()) {
      throw new Unjudged(
          UnknownReason.BEHIND,
          "Table " + table.table().id() + " is not loaded, or not caught up with its load.");
    }
    ScanSession.Seen here = source.begin();
    Map<RowKey, List<@Nullable String>> sourceRows = rows(source, Side.SOURCE, table, keys);
    source.end();
    Map<RowKey, RowPair> rows = new HashMap<>();
    keys.forEach(key -> rows.put(key, new RowPair(sourceRows.get(key), targetRows.get(key))));
    return new RowLook(
        new Cuts(
            new SourceCut(here.snapshot(), here.position()),
            new TargetCut(there.snapshot(), there.position(), stamp.applied())),
        rows);
  }

  private static Map<RowKey, List<@Nullable String>> rows(
      ScanSession session, Side side, BlamedTable table, List<RowKey> keys) {
    return session.ask(
        "reading rows of " + table.table().id(),
        connection ->
            RowTexts.of(connection, table.table(), side, new ArrayList<>(keys), Hold.NONE));
  }
}
