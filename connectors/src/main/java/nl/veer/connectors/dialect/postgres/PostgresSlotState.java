package nl.veer.connectors.dialect.postgres;

import nl.veer.connectors.event.LsnPosition;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot as the server describes it.
 *
 * @param activePid the session that reads it; 0 if none does
 * @param confirmed what the reader has confirmed; every transaction that commits behind it will
 *     still be sent
 * @param lagBytes WAL behind the confirmed place, -1 if the server cannot say
 * @param walStatus reserved, extended, unreserved or lost
 * @param invalidation why the server gave it up; null if it did not, or is older than 16
 */
public record PostgresSlotState(
    int activePid,
    LsnPosition confirmed,
    long lagBytes,
    String walStatus,
    @Nullable String invalidation) {

  public boolean isActive() {
    return activePid != 0;
  }

  /** Whether WAL that the reader needs is gone. */
  public boolean isLost() {
    return walStatus.equals("lost") || invalidation != null;
  }
}
