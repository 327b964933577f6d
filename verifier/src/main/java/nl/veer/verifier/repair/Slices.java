package nl.veer.verifier.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.scan.postgres.RowTexts;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.Side;
import nl.veer.verifier.verdict.RowKey;

/** Cuts a table's rows into what goes into one transaction. Owned by one thread. */
final class Slices {
  /** The replicator waits for so many rows at a time. */
  private static final int SLICE_ROWS = 100;

  /** Both sides' rows of a slice are in memory at once; a larger row goes alone. */
  private static final long SLICE_BYTES = 16L << 20;

  private final RowSides sides;

  Slices(RowSides sides) {
    this.sides = sides;
  }

  /** In the order given. */
  List<List<DifferenceRecord>> of(BlamedTable table, List<DifferenceRecord> rows) {
    List<List<DifferenceRecord>> slices = new ArrayList<>();
    List<DifferenceRecord> slice = new ArrayList<>();
    long bytes = 0;
    for (int from = 0; from < rows.size(); from += SLICE_ROWS) {
      List<DifferenceRecord> part = rows.subList(from, Math.min(rows.size(), from + SLICE_ROWS));
      Map<RowKey, Long> sizes = sizes(table, part);
      for (DifferenceRecord row : part) {
        long size = sizes.getOrDefault(row.key(), 0L);
        boolean full = slice.size() == SLICE_ROWS || bytes + size > SLICE_BYTES;
        if (full && !slice.isEmpty()) {
          slices.add(slice);
          slice = new ArrayList<>();
          bytes = 0;
        }
        slice.add(row);
        bytes += size;
      }
    }
    if (!slice.isEmpty()) {
      slices.add(slice);
    }
    return slices;
  }

  /** Of both sides together. */
  private Map<RowKey, Long> sizes(BlamedTable table, List<DifferenceRecord> rows) {
    Map<RowKey, Long> sizes = new HashMap<>();
    if (table.table().hasKey()) {
      List<RowKey> keys = rows.stream().map(DifferenceRecord::key).toList();
      sizes(sides.source(), Side.SOURCE, table, keys).forEach(sizes::put);
      sizes(sides.target(), Side.TARGET, table, keys)
          .forEach((key, size) -> sizes.merge(key, size, Long::sum));
    }
    return sizes;
  }

  private static Map<RowKey, Long> sizes(
      ScanSession session, Side side, BlamedTable table, List<RowKey> keys) {
    Map<RowKey, Long> sizes =
        session.ask(
            "reading how large rows of " + table.table().id() + " are",
            connection -> RowTexts.sizes(connection, table.table(), side, keys));
    session.end();
    return sizes;
  }
}
