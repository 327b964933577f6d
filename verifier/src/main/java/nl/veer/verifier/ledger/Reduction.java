package nl.veer.verifier.ledger;

import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Turns one side's changes into {@link Effects}. An insert begins a row, a delete ends it, an
 * update goes on with it; an update of the key ends the row under its old key and begins it under
 * the new one, with what is known of it. Judges nothing: what cannot be (an insert of a row that is
 * there) is taken as it is said, and shows when the sides are compared. Owned by one thread.
 */
final class Reduction {
  private static final long MORE = 1;
  private static final long FEWER = -1;

  private final RowDigests digests;
  private final Effects effects;

  Reduction(RowDigests digests, Effects effects) {
    this.digests = digests;
    this.effects = effects;
  }

  /**
   * Takes the next change of a row.
   *
   * @param whole whether before images hold every column
   */
  void change(int table, boolean keyed, boolean whole, RowChanged event) {
    if (event instanceof RowInserted inserted) {
      insert(table, keyed, inserted);
    } else if (event instanceof RowUpdated updated) {
      if (keyed) {
        update(table, whole, updated);
      } else {
        updateWhole(table, updated);
      }
    } else if (event instanceof RowDeleted deleted) {
      if (keyed) {
        RowKey key = digests.key(table, deleted.before(), null);
        end(table, key, deleted.before(), null, deleted.place());
      } else {
        count(table, digests.columns(table, deleted.before()), FEWER, deleted.place());
      }
    }
  }

  private void insert(int table, boolean keyed, RowInserted event) {
    Columns row = digests.columns(table, event.after());
    if (keyed) {
      RowKey key = digests.key(table, event.after(), null);
      begin(table, key, row, event.after(), null, event.place());
    } else {
      count(table, row, MORE, event.place());
    }
  }

  private void update(int table, boolean whole, RowUpdated event) {
    RowImage before = event.before();
    RowImage after = event.after();
    Columns row = digests.columns(table, after);
    if (whole && before != null && row.hasAbsent()) {
      row = row.over(digests.columns(table, before));
    }
    RowKey key = digests.key(table, after, before);
    RowKey oldKey = before == null ? key : digests.key(table, before, null);
    if (key.equals(oldKey)) {
      String text = text(table, key, after, before);
      effects.add(table, new Effect(key, true, row, false, 0, text, event.place()));
      return;
    }
    Effect old = effects.known(table, oldKey);
    row = row.over(old == null ? null : old.columns());
    if (effects.isSpilled()) {
      row = row.forgetting();
    }
    if (before != null) {
      end(table, oldKey, before, null, event.place());
    }
    begin(table, key, row, after, before, event.place());
  }

  private void updateWhole(int table, RowUpdated event) {
    if (event.before() == null) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "IDENTITY_MISSING",
          "An update of a table without a key has no old row. Set REPLICA IDENTITY FULL for it on"
              + " both sides.");
    }
    Columns before = digests.columns(table, event.before());
    count(table, before, FEWER, event.place());
    count(table, digests.columns(table, event.after()).over(before), MORE, event.place());
  }

  private void begin(
      int table, RowKey key, Columns row, RowImage image, @Nullable RowImage older, EventPlace at) {
    String text = text(table, key, image, older);
    effects.add(table, new Effect(key, false, row, true, 0, text, at));
  }

  private void end(int table, RowKey key, RowImage image, @Nullable RowImage older, EventPlace at) {
    String text = text(table, key, image, older);
    effects.add(table, new Effect(key, true, null, true, 0, text, at));
  }

  private void count(int table, Columns row, long more, EventPlace at) {
    RowKey key = digests.whole(row, row.shape());
    effects.add(table, new Effect(key, more < 0, row, true, more, "", at));
  }

  /** Most changes are of rows that are known already, or will never be shown. */
  private String text(int table, RowKey key, RowImage image, @Nullable RowImage older) {
    Effect known = effects.known(table, key);
    return known == null ? digests.keyText(table, image, older) : known.keyText();
  }
}
