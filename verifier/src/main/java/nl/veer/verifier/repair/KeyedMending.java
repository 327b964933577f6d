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
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.repair.PlannedRow.Action;
import nl.veer.verifier.repair.TableWrites.Write;
import nl.veer.verifier.scan.Settlement;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.RowTexts;
import nl.veer.verifier.scan.postgres.RowTexts.Hold;
import nl.veer.verifier.scan.postgres.Side;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.TargetCut.Applied;
import org.jspecify.annotations.Nullable;

/**
 * Rows by their keys. A row of the source is the one that belongs on the target if no transaction
 * touched it that only one of the stamp and the source's snapshot includes. Locks of rows are not
 * waited for: whoever holds one may wait for the stamp.
 */
final class KeyedMending implements RowMending {
  private final RowSides sides;
  private final TargetSession session;
  private final RowGuard guard = new RowGuard();

  KeyedMending(RowSides sides, TargetSession session) {
    this.sides = sides;
    this.session = session;
  }

  @Override
  public List<Shown> plan(BlamedTable table, List<DifferenceRecord> differences) throws Unjudged {
    RowLook look = look(table, differences.stream().map(DifferenceRecord::key).toList());
    List<Shown> plan = new ArrayList<>();
    for (DifferenceRecord difference : differences) {
      RowPair pair = Objects.requireNonNull(look.rows().get(difference.key()));
      plan.add(
          new Shown(
              new PlannedRow(
                  new Suspect(table.table().id(), difference.key()),
                  difference.id(),
                  difference.keyDigest(),
                  pair.action(table),
                  pair.columns(table),
                  guard.of(pair.target())),
              pair));
    }
    return plan;
  }

  private RowLook look(BlamedTable table, List<RowKey> keys) throws Unjudged {
    return RowLook.at(sides.source(), sides.target(), sides.wave(), table, keys);
  }

  @Override
  public RepairTransaction.Outcome write(BlamedTable table, List<PlannedRow> planned)
      throws Unjudged {
    RowLook look = look(table, planned.stream().map(row -> row.suspect().key()).toList());
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
      RowLook look,
      Map<PlannedRow, Action> written,
      List<Mended> others)
      throws SQLException, Unjudged {
    Settlement.Look judged =
        sides.settlement().look(table.table(), look.cuts().appliedOnTo(stamp), sides.stop());
    List<RowKey> keys = planned.stream().map(row -> row.suspect().key()).toList();
    Map<RowKey, List<@Nullable String>> now =
        RepairTransaction.asScanned(
            connection, open -> RowTexts.of(open, table.table(), Side.TARGET, keys, Hold.LOCKED));
    List<Write> writes = new ArrayList<>();
    for (PlannedRow row : planned) {
      RowKey key = row.suspect().key();
      RowPair seen = Objects.requireNonNull(look.rows().get(key));
      RowPair pair = new RowPair(seen.source(), now.get(key));
      Action action = pair.action(table);
      if (!judged.isSettled(key, null, RowProof.ANY)) {
        others.add(Mended.left(row, "The row is in motion. Run it again."));
      } else if (!Objects.equals(guard.of(pair.target()), row.seen())) {
        others.add(Mended.left(row, "The target's row has changed since it was planned."));
      } else if (action == Action.NONE) {
        others.add(new Mended(row, Mended.State.EQUAL, 0, "Both sides are equal by now."));
      } else if (action == Action.UPDATE && table.computed().containsAll(pair.columns(table))) {
        others.add(Mended.left(row, "Only columns differ that the target computes itself."));
      } else {
        writes.add(new Write(action, pair));
        written.put(row, action);
      }
    }
    new TableWrites(session, table).write(writes);
  }

  @Override
  public Map<RowKey, Answer> prove(BlamedTable table, List<RowKey> keys) throws Unjudged {
    return new RowProof(sides)
        .of(
            table.table(),
            keys,
            open -> {
              RowLook now = look(table, open);
              return new RowProof.Seen(
                  now.cuts(),
                  key -> Objects.requireNonNull(now.rows().get(key)).action(table) == Action.NONE);
            });
  }
}
