package nl.veer.verifier.blame;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.scan.postgres.RowTexts;
import nl.veer.verifier.scan.postgres.RowTexts.Hold;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.Side;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/** Rows by their keys, as the texts of their columns. Stateless. */
final class PresentRows {
  /** So many keys go into one question. */
  private static final int SLICE = 500;

  private PresentRows() {}

  static BothSides<List<@Nullable String>> read(
      ScanSession source,
      ScanSession target,
      WaveId wave,
      Map<TableId, BlamedTable> ground,
      Collection<Suspect> suspects) {
    return BothSides.read(
        source,
        target,
        wave,
        suspects,
        (session, side, id, wanted) -> rows(session, side, ground.get(id), wanted));
  }

  private static Map<RowKey, List<@Nullable String>> rows(
      ScanSession session, Side side, @Nullable BlamedTable table, List<RowKey> wanted) {
    Map<RowKey, List<@Nullable String>> rows = new HashMap<>();
    for (int from = 0; table != null && from < wanted.size(); from += SLICE) {
      List<RowKey> slice = wanted.subList(from, Math.min(wanted.size(), from + SLICE));
      rows.putAll(
          session.ask(
              "reading rows of " + table.table().id(),
              connection -> RowTexts.of(connection, table.table(), side, slice, Hold.NONE)));
    }
    return rows;
  }
}
