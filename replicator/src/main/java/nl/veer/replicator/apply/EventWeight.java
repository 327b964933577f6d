package nl.veer.replicator.apply;

import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes of memory an event takes once its values are text: small values take many
 * times what they take in the log. Pure.
 */
final class EventWeight {
  private static final long EVENT = 200;
  private static final long VALUE = 48;

  /** Numbers and times, as text of two bytes a character. */
  private static final long SHORT_TEXT = 2 * 20;

  private EventWeight() {}

  static long of(ChangeEvent event) {
    if (event instanceof RowInserted inserted) {
      return EVENT + of(inserted.after());
    } else if (event instanceof RowUpdated updated) {
      return EVENT + of(updated.before()) + of(updated.after());
    } else if (event instanceof RowDeleted deleted) {
      return EVENT + of(deleted.before());
    }
    return EVENT;
  }

  private static long of(@Nullable RowImage row) {
    if (row == null) {
      return 0;
    }
    int columns = row.type().columns().size();
    long weight = 8L * columns;
    for (int i = 0; i < columns; i++) {
      Object value = row.value(i);
      if (value instanceof String text) {
        weight += VALUE + 2L * text.length();
      } else if (value instanceof byte[] bytes) {
        weight += VALUE + 4L * bytes.length;
      } else if (value != null && !row.isAbsent(i)) {
        weight += VALUE + SHORT_TEXT;
      }
    }
    return weight;
  }
}
