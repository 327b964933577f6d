package nl.veer.connectors.failure;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is in a role's way now, as far as is known. It stands until something speaks against it, and
 * no longer: who looks at the state must neither miss an incident nor see one that has passed. Safe
 * for several threads.
 */
public final class StandingFailure {
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

  /** Null if nothing is. */
  public @Nullable Failure now() {
    return failure.get();
  }

  /** This one has come; tells whether it is another one than before. */
  public boolean stands(Failure next) {
    Failure before = failure.getAndSet(next);
    return before == null || !before.toString().equals(next.toString());
  }

  /**
   * The servers answer and take what is written, though not yet as much as when it failed. What was
   * away is there again; a row that did not fit is still to come.
   */
  public void reachable() {
    failure.updateAndGet(now -> now != null && now.kind() == FailureKind.TRANSIENT ? null : now);
  }

  /** What failed has succeeded. */
  public void passed() {
    failure.set(null);
  }
}
