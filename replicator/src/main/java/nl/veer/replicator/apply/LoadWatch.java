package nl.veer.replicator.apply;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import nl.veer.connectors.dialect.TargetSession;

/**
 * Looks between batches whether somebody wants a table loaded anew: at most once a second, for a
 * look is a round trip that a batch would wait for. Owned by one thread.
 */
final class LoadWatch {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final Predicate<TargetSession> anyLeft;
  private final LongSupplier nanoTime;
  private long looked;

  /**
   * @param anyLeft reads it from the target's records, in the session's transaction
   */
  LoadWatch(Predicate<TargetSession> anyLeft, LongSupplier nanoTime) {
    this.anyLeft = anyLeft;
    this.nanoTime = nanoTime;
    this.looked = nanoTime.getAsLong();
  }

  /** Whether one is wanted, as far as was looked. The session is outside of a transaction. */
  boolean sees(TargetSession session) {
    long now = nanoTime.getAsLong();
    if (now - looked < LOOK_NANOS) {
      return false;
    }
    looked = now;
    boolean seen = anyLeft.test(session);
    session.commit();
    return seen;
  }
}
