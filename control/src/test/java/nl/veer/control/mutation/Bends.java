package nl.veer.control.mutation;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import org.jspecify.annotations.Nullable;

/**
 * What a replicator sees that reads the log wrong: other values in the update of a row whose table
 * has a key {@code id}, nothing instead of such an update, or something instead of a marker. Only
 * what was asked for is bent. Safe for use by several threads.
 */
final class Bends {
  private final Map<String, Bend> bends = new ConcurrentHashMap<>();
  private volatile @Nullable RowInserted inserted;

  @FunctionalInterface
  private interface Bend {
    ChangeEvent of(ChangeEvent event);
  }

  /** The row's updates get another value in this column. */
  void value(String table, int id, String column, UnaryOperator<@Nullable Object> value) {
    bends.put(
        table + ' ' + id,
        event -> {
          RowUpdated update = (RowUpdated) event;
          return new RowUpdated(
              update.place(), update.table(), update.before(), with(update.after(), column, value));
        });
  }

  /** The row's updates are not seen. */
  void lost(String table, int id) {
    bends.put(table + ' ' + id, event -> new Heartbeat(event.place(), Instant.now()));
  }

  /** Instead of the marker, the last inserted row is seen once more. */
  void doubled(String marker) {
    bends.put(
        marker,
        event -> {
          RowInserted last = Objects.requireNonNull(inserted);
          return new RowInserted(event.place(), last.table(), last.after());
        });
  }

  private static RowImage with(
      RowImage image, String column, UnaryOperator<@Nullable Object> value) {
    int index = image.type().indexOf(column);
    @Nullable Object[] values = new Object[image.type().columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == index ? value.apply(image.value(i)) : image.value(i);
    }
    return new RowImage(image.type(), values);
  }

  ChangeEvent bent(ChangeEvent event) {
    if (event instanceof RowInserted insert) {
      inserted = insert;
    }
    Bend bend = bends.get(name(event));
    return bend == null ? event : bend.of(event);
  }

  private static String name(ChangeEvent event) {
    if (event instanceof RowUpdated update) {
      int id = update.after().type().indexOf("id");
      return update.table() + " " + (id < 0 ? "" : update.after().value(id));
    }
    return event instanceof Marker marker ? marker.content() : "";
  }
}
