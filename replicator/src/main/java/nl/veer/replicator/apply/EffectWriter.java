package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.apply.TableEffect.Single;
import nl.veer.replicator.apply.TableEffect.Updates;

/**
 * Writes effects into a session's open transaction, strictly: every statement must hit exactly as
 * many rows as it means, or a TARGET_DATA failure says which table does not fit. Owned by one
 * thread.
 */
final class EffectWriter {
  private final TargetSession session;

  EffectWriter(TargetSession session) {
    this.session = session;
  }

  void write(List<TableEffect> effects) {
    List<TableId> truncated =
        effects.stream().filter(TableEffect::truncated).map(e -> e.table().id()).toList();
    if (!truncated.isEmpty()) {
      session.truncate(truncated);
    }
    effects.forEach(this::write);
  }

  private void write(TableEffect effect) {
    TargetTable table = effect.table();
    deletes(table, effect.deletes());
    effect.updates().forEach((columns, updates) -> updates(table, columns, updates));
    effect
        .inserts()
        .forEach(
            (columns, rows) ->
                expect(table, "an insert", rows.size(), session.insert(table, columns, rows)));
    singles(table, effect.singles());
  }

  /**
   * Without a unique index, one key that hits two rows could make up for another that hits none.
   */
  private void deletes(TargetTable table, List<KeyText> keys) {
    if (table.keyIsUnique() && !keys.isEmpty()) {
      expect(table, "a delete", keys.size(), session.delete(table, keys));
    } else {
      for (KeyText key : keys) {
        expect(table, "a delete", 1, session.delete(table, List.of(key)));
      }
    }
  }

  private void updates(TargetTable table, BitSet columns, Updates updates) {
    List<KeyText> keys = updates.keys();
    List<RowText> rows = updates.rows();
    if (table.keyIsUnique()) {
      expect(table, "an update", keys.size(), session.update(table, columns, keys, rows));
    } else {
      for (int i = 0; i < keys.size(); i++) {
        List<KeyText> key = List.of(keys.get(i));
        expect(table, "an update", 1, session.update(table, columns, key, List.of(rows.get(i))));
      }
    }
  }

  /** Consecutive inserts go together; every other change hits one row by its whole content. */
  private void singles(TargetTable table, List<Single> singles) {
    List<RowText> inserts = new ArrayList<>();
    for (Single single : singles) {
      RowText before = single.before();
      RowText after = single.after();
      if (before == null && after != null) {
        if (!inserts.isEmpty() && !inserts.get(0).present().equals(after.present())) {
          insertAll(table, inserts);
        }
        inserts.add(after);
      } else if (before != null) {
        insertAll(table, inserts);
        if (after == null) {
          expect(table, "a delete", 1, session.deleteOne(table, before));
        } else {
          expect(table, "an update", 1, session.updateOne(table, before, after));
        }
      }
    }
    insertAll(table, inserts);
  }

  private void insertAll(TargetTable table, List<RowText> rows) {
    if (!rows.isEmpty()) {
      BitSet columns = rows.get(0).present();
      expect(table, "an insert", rows.size(), session.insert(table, columns, rows));
      rows.clear();
    }
  }

  private static void expect(TargetTable table, String what, long expected, long hit) {
    if (hit != expected) {
      throw new Failure(
          FailureKind.TARGET_DATA,
          "ROW_COUNT",
          "On the target, %s in table %s (key: %s) hit %d rows instead of %d. The target was changed"
                  .formatted(what, table.id(), keyNames(table), hit, expected)
              + " by someone else; restore what is missing there, or load the table anew: "
              + "veer load --again --table "
              + table.id());
    }
  }

  private static String keyNames(TargetTable table) {
    return table.key().isEmpty() ? "the whole row" : String.join(", ", table.keyNames());
  }
}
