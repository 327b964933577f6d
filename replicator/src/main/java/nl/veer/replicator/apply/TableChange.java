package nl.veer.replicator.apply;

import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.EventPlace;
import org.jspecify.annotations.Nullable;

/**
 * An event as the target's table sees it: values as text, by the table's own columns. Which images
 * there are follows from the kind; asking for one that is not there is a defect.
 *
 * @param place where it stands in the log, for incidents
 */
record TableChange(
    Kind kind,
    TargetTable table,
    EventPlace place,
    @Nullable RowText oldRow,
    @Nullable RowText newRow) {

  /** Itself, its place, and its row in the net effect. */
  private static final long OVERHEAD = 160;

  enum Kind {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
  }

  /** The new row: of an INSERT whole, of an UPDATE without what the log does not hold. */
  RowText after() {
    return there(newRow);
  }

  /** The old row of an UPDATE or DELETE: whole where the table has no key. */
  RowText before() {
    return there(oldRow);
  }

  /** The key of the row that an UPDATE or DELETE means. */
  KeyText oldKey() {
    return (oldRow == null ? after() : oldRow).key(table.key());
  }

  /** About how many bytes of memory it takes. */
  long weight() {
    return OVERHEAD
        + (oldRow == null ? 0 : oldRow.weight())
        + (newRow == null ? 0 : newRow.weight());
  }

  private RowText there(@Nullable RowText row) {
    if (row == null) {
      throw new IllegalStateException(kind + " has no such image");
    }
    return row;
  }
}
