package nl.veer.replicator.apply;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the tables' column types are still the same on both sides: always when the log
 * brings a row type that was not seen before, and from time to time while changes come, because a
 * change of precision or scale alone does not show in the log. Owned by one thread.
 */
final class SchemaWatch {
  private final Supplier<Map<TableId, Failure>> differences;
  private final long lookNanos;
  private final LongSupplier nanos;
  private @Nullable Map<TableId, Failure> seen;
  private boolean newest;
  private long lookedAt;

  /**
   * @param look how long a precision that changed on the source alone may stay unnoticed
   */
  SchemaWatch(Supplier<Map<TableId, Failure>> differences, Duration look, LongSupplier nanos) {
    this.differences = differences;
    this.lookNanos = look.toNanos();
    this.nanos = nanos;
  }

  /** New events were read: what was seen before may be older than they are. */
  void polled() {
    newest = false;
  }

  /** Before a row type is used for the first time. */
  void requireFor(TableId table, boolean newType) {
    Map<TableId, Failure> now = seen;
    if (now == null || (newType && !newest)) {
      now = look();
    } else if (nanos.getAsLong() - lookedAt > lookNanos) {
      now = lookAgain(now);
    }
    Failure failure = now.get(table);
    if (failure != null) {
      throw failure;
    }
  }

  /** The log can be applied while the source is away. */
  private Map<TableId, Failure> lookAgain(Map<TableId, Failure> before) {
    try {
      return look();
    } catch (Failure failure) {
      if (failure.kind() != FailureKind.TRANSIENT) {
        throw failure;
      }
      lookedAt = nanos.getAsLong();
      return before;
    }
  }

  private Map<TableId, Failure> look() {
    Map<TableId, Failure> now = differences.get();
    seen = now;
    newest = true;
    lookedAt = nanos.getAsLong();
    return now;
  }
}
