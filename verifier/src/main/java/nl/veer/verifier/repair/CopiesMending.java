package nl.veer.verifier.repair;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.blame.Suspect;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.repair.PlannedRow.Action;
import nl.veer.verifier.scan.Settlement;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.Side;
import nl.veer.verifier.scan.postgres.WholeRows;
import nl.veer.verifier.scan.postgres.WholeRows.Copies;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.TargetCut.Applied;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table without a key, by their digests: what is missing of equal rows is inserted, what
 * is too many is deleted one by one. That needs a moment in which no transaction that touched the
 * table is on one side only.
 */
final class CopiesMending implements RowMending {
  /** Beyond this the table had better be loaded anew. */
  private static final long MOST = 100;

  private final RowSides sides;
  private final TargetSession session;
  private final RowHash hash;
  private final RowGuard guard = new RowGuard();

  /**
   * @param hash by which scans know the rows
   */
  CopiesMending(RowSides sides, TargetSession session, RowHash hash) {
    this.sides = sides;
    this.session = session;
    this.hash = hash;
  }

  @Override
  public List<Shown> plan(BlamedTable table, List<DifferenceRecord> differences) throws Unjudged {
    CopiesLook look = look(table, differences.stream().map(DifferenceRecord::key).toList());
    List<Shown> plan = new ArrayList<>();
    for (DifferenceRecord difference : differences) {
      RowPair pair = look.pair(difference.key());
      plan.add(
          new Shown(
              new PlannedRow(
                  new Suspect(table.table().id(), difference.key()),
                  difference.id(),
                  difference.keyDigest(),
                  pair.action(table),
                  List.of(),
                  seen(look.target().get(difference.key()))),
              pair));
    }
    return plan;
  }

  private @Nullable Digest128 seen(@Nullable Copies copies) {
    return guard.of(List.of(Long.toString(CopiesLook.rows(copies))));
  }

  private CopiesLook look(BlamedTable table, List<RowKey> keys) throws Unjudged {
    return CopiesLook.at(sides.source(), sides.target(), sides.wave(), table, hash, keys);
  }

  @Override
  public RepairTransaction.Outcome write(BlamedTable table, List<PlannedRow> planned)
      throws Unjudged {
    CopiesLook look = look(table, planned.stream().map(row -> row.suspect().key()).toList());
    sides.requireNearLog(table.table(), look.cuts());
    return new RepairTransaction(session, sides.wave())
        .run(
            table,
            (connection, stamp, written, others) ->
                held(connection, stamp, table, planned, look, written, others));
  }

  private void held(
      Connection connection,
      Applied stamp,
      BlamedTable table,
      List<PlannedRow> planned,
      CopiesLook look,
      Map<PlannedRow, Action> written,
      List<Mended> others)
      throws SQLException, Unjudged {
    Settlement.Look judged =
        sides.settlement().look(table.table(), look.cuts().appliedOnTo(stamp), sides.stop());
    List<RowKey> keys = planned.stream().map(row -> row.suspect().key()).toList();
    Map<RowKey, Copies> now =
        RepairTransaction.asScanned(
            connection, open -> WholeRows.of(open, table.table(), Side.TARGET, hash, keys));
    TableWrites writes = new TableWrites(session, table);
    for (PlannedRow row : planned) {
      RowKey key = row.suspect().key();
      long missing = CopiesLook.rows(look.source().get(key)) - CopiesLook.rows(now.get(key));
      if (!judged.isSettled(key, null, RowProof.ANY)) {
        others.add(Mended.left(row, "Rows of its table are in motion. Run it again."));
      } else if (!Objects.equals(seen(now.get(key)), row.seen())) {
        others.add(Mended.left(row, "The target's rows have changed since it was planned."));
      } else if (look.texts(key) == null) {
        others.add(Mended.left(row, "The row is on neither side. The next scan has the say."));
      } else if (missing == 0) {
        others.add(new Mended(row, Mended.State.EQUAL, 0, "Both sides are equal by now."));
      } else if (Math.abs(missing) > MOST) {
        others.add(Mended.left(row, "Too many equal rows; load the table anew."));
      } else {
        writes.copies(Objects.requireNonNull(look.texts(key)), missing);
        written.put(row, missing > 0 ? Action.INSERT : Action.DELETE);
      }
    }
  }

  @Override
  public Map<RowKey, Answer> prove(BlamedTable table, List<RowKey> keys) throws Unjudged {
    return new RowProof(sides)
        .of(
            table.table(),
            keys,
            open -> {
              CopiesLook now = look(table, open);
              return new RowProof.Seen(now.cuts(), key -> now.missing(key) == 0);
            });
  }
}
