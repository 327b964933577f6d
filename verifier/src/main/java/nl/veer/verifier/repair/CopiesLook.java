package nl.veer.verifier.repair;

import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.Side;
import nl.veer.verifier.scan.postgres.StampReading;
import nl.veer.verifier.scan.postgres.WholeRows;
import nl.veer.verifier.scan.postgres.WholeRows.Copies;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TargetCut;
import nl.veer.verifier.verdict.UnknownReason;
import org.jspecify.annotations.Nullable;

/** Some rows of a table without a key as both sides hold them, each side in one state. */
record CopiesLook(Cuts cuts, Map<RowKey, Copies> source, Map<RowKey, Copies> target) {

  /**
   * Looks at the target first: the source is never behind what it holds.
   *
   * @throws Unjudged if the table is not caught up with its load
   */
  static CopiesLook at(
      ScanSession source,
      ScanSession target,
      WaveId wave,
      BlamedTable table,
      RowHash hash,
      List<RowKey> keys)
      throws Unjudged {
    ScanSession.Seen there = target.begin();
    StampReading stamp = StampReading.of(target, wave, table.table().id());
    Map<RowKey, Copies> targetRows = rows(target, Side.TARGET, table, hash, keys);
    target.end();
    TargetCut.Applied applied = stamp.applied();
    if (applied == null || !stamp.loaded()) {
      throw new Unjudged(
          UnknownReason.BEHIND,
          "Table " + table.table().id() + " is not loaded, or not caught up with its load.");
    }
    ScanSession.Seen here = source.begin();
    Map<RowKey, Copies> sourceRows = rows(source, Side.SOURCE, table, hash, keys);
    source.end();
    return new CopiesLook(
        new Cuts(
            new SourceCut(here.snapshot(), here.position()),
            new TargetCut(there.snapshot(), there.position(), applied)),
        sourceRows,
        targetRows);
  }

  private static Map<RowKey, Copies> rows(
      ScanSession session, Side side, BlamedTable table, RowHash hash, List<RowKey> keys) {
    return session.ask(
        "looking for rows of " + table.table().id(),
        connection -> WholeRows.of(connection, table.table(), side, hash, keys));
  }

  /** How many more of them the source has; less than zero if the target has more. */
  long missing(RowKey key) {
    return rows(source.get(key)) - rows(target.get(key));
  }

  static long rows(@Nullable Copies copies) {
    return copies == null ? 0 : copies.rows();
  }

  /** One of them, from whichever side has it. */
  @Nullable List<@Nullable String> texts(RowKey key) {
    Copies one = source.get(key);
    Copies other = target.get(key);
    return one != null ? one.texts() : other == null ? null : other.texts();
  }

  /** As a pair of which one side lacks the row that is to be written or deleted. */
  RowPair pair(RowKey key) {
    long missing = missing(key);
    List<@Nullable String> texts = texts(key);
    return new RowPair(missing > 0 ? texts : null, missing < 0 ? texts : null);
  }
}
