package nl.veer.verifier.blame;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a topic's events have done to how many equal rows a table without a key has.
 *
 * @param net how many were added, by whose transactions; what a load includes is left out
 * @param last the last of those transactions
 * @param emptied the transaction that emptied the table, since which {@code net} says how many
 *     there are; null if none did
 */
record CopyTrace(Map<Writer, Long> net, Map<Writer, Touch> last, @Nullable Touch emptied) {
  static final CopyTrace NONE = new CopyTrace(Map.of(), Map.of(), null);

  CopyTrace {
    net = Map.copyOf(net);
    last = Map.copyOf(last);
  }

  CopyTrace plus(long more, Touch touch) {
    Map<Writer, Long> added = new EnumMap<>(Writer.class);
    added.putAll(net);
    added.merge(touch.writer(), more, Long::sum);
    Map<Writer, Touch> touched = new EnumMap<>(Writer.class);
    touched.putAll(last);
    touched.put(touch.writer(), touch);
    return new CopyTrace(added, touched, emptied);
  }

  /**
   * A transaction that emptied the table.
   *
   * @param more how many it added afterwards
   */
  CopyTrace emptied(long more, Touch touch) {
    return new CopyTrace(Map.of(touch.writer(), more), Map.of(touch.writer(), touch), touch);
  }

  long of(Writer writer) {
    return net.getOrDefault(writer, 0L);
  }

  /** Of all. */
  long all() {
    return net.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether so many cannot be there if this is all that has happened. */
  boolean excludes(long rows) {
    return emptied == null ? all() > rows : all() != rows;
  }

  /** Of whosever transactions; null if there is none. */
  @Nullable Touch latest() {
    return last.values().stream()
        .reduce((one, other) -> one.number() > other.number() ? one : other)
        .orElse(null);
  }
}
