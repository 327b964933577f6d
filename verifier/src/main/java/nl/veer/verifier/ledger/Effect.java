package nl.veer.verifier.ledger;

import nl.veer.connectors.event.EventPlace;
import nl.veer.verifier.ledger.Imbalance.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What some consecutive changes do to one row: whether it was there before the first, and what it
 * is after the last. Two effects of one row, one after the other, compose to one. For a table
 * without a key it is how many more or fewer equal rows there are.
 *
 * @param existed whether the row was there before
 * @param columns the row as it is then; null if it is gone
 * @param anew whether the row that is there then began within these changes, so that nothing from
 *     before them belongs to it
 * @param count of equal rows; 0 where there is a key
 * @param keyText for people
 * @param place of the last of the changes
 */
record Effect(
    RowKey key,
    boolean existed,
    @Nullable Columns columns,
    boolean anew,
    long count,
    String keyText,
    EventPlace place) {
  private static final int WEIGHT = 200;

  /** This, and then the other. */
  Effect then(Effect later) {
    Columns now = later.columns;
    boolean fills = now != null && !later.anew;
    return new Effect(
        key,
        existed,
        now != null && fills ? now.over(columns) : now,
        later.anew || (fills && anew),
        count + later.count,
        keyText,
        later.place);
  }

  Outcome outcome(boolean keyed) {
    if (!keyed) {
      return count > 0 ? Outcome.PRESENT : count < 0 ? Outcome.DELETED : Outcome.NONE;
    }
    if (columns != null) {
      return Outcome.PRESENT;
    }
    return existed ? Outcome.DELETED : Outcome.NONE;
  }

  /** About how many bytes of memory it takes. */
  long weight() {
    return WEIGHT + keyText.length() + (columns == null ? 0 : columns.weight());
  }
}
