package nl.veer.replicator.apply;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.RegularLook;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the tables' column types are still the same on both sides: always when the log
 * brings a row type that was not seen before, and from time to time while changes come, because a
 * change of precision or scale alone does not show in the log. Owned by one thread.
 */
final class SchemaWatch implements AutoCloseable {
  private final Supplier<Map<TableId, Failure>> differences;
  private final RegularLook<Map<TableId, Failure>> regular;
  private @Nullable Map<TableId, Failure> seen;
  private boolean newest;

  /** Of a look that nobody waited for. */
  private @Nullable Failure failed;

  /**
   * @param regular the same, from time to time, which nobody waits for: a precision that changed on
   *     the source alone stays unnoticed as long
   */
  SchemaWatch(
      Supplier<Map<TableId, Failure>> differences, RegularLook<Map<TableId, Failure>> regular) {
    this.differences = differences;
    this.regular = regular;
  }

  static SchemaWatch start(
      Supplier<Map<TableId, Failure>> differences, Duration look, String name) {
    return new SchemaWatch(differences, RegularLook.aside(name, differences, look));
  }

  /**
   * The log was asked, and new events may have been read: what was seen before may be older than
   * they are. Called also while nothing comes, so that what comes at last is judged by a look of
   * late.
   */
  void polled() {
    newest = false;
    takeFresh();
  }

  /** Before a row type is used for the first time. */
  void requireFor(TableId table, boolean newType) {
    Map<TableId, Failure> now = seen;
    if (now == null || (newType && !newest)) {
      now = look();
    } else {
      takeFresh();
      now = Objects.requireNonNull(seen);
    }
    Failure failure = failed != null ? failed : now.get(table);
    if (failure != null) {
      throw failure;
    }
  }

  /** The log can be applied while the source is away. */
  private void takeFresh() {
    try {
      regular
          .fresh()
          .ifPresent(
              now -> {
                seen = now;
                failed = null;
              });
    } catch (Failure failure) {
      if (failure.kind() != FailureKind.TRANSIENT) {
        failed = failure;
      }
    }
  }

  private Map<TableId, Failure> look() {
    Map<TableId, Failure> now = differences.get();
    seen = now;
    newest = true;
    failed = null;
    regular.restart();
    return now;
  }

  @Override
  public void close() {
    regular.close();
  }
}
