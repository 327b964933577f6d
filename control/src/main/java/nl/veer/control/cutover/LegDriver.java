package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import nl.veer.connectors.dialect.SessionHolder;
import nl.veer.control.wave.LegOwner;

/**
 * Whoever drives an attempt, as the one who moves its legs: every change of the legs' records locks
 * the attempt in the same transaction, and every session on either side is one that a take-over
 * ends. So a driver that was taken over changes no leg any more, wherever it has stood still.
 */
final class LegDriver implements LegOwner {
  private static final String LOCK =
      "SELECT FROM veer.cutover WHERE id = ? AND epoch = ? AND finished_at IS NULL FOR SHARE";

  private final CutoverStore store;
  private final Attempt attempt;

  /**
   * @param attempt as it was begun or taken over; only its number and epoch count
   */
  LegDriver(CutoverStore store, Attempt attempt) {
    this.store = store;
    this.attempt = attempt;
  }

  /** For the sessions on both sides. */
  SessionHolder holder() {
    return new SessionHolder(
        CutoverStore.purpose(attempt.wave()), () -> store.requireOwned(attempt));
  }

  @Override
  public void lock(Connection home) throws SQLException {
    try (PreparedStatement lock = home.prepareStatement(LOCK)) {
      lock.setLong(1, attempt.id());
      lock.setLong(2, attempt.epoch());
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next()) {
          throw CutoverStore.taken(attempt.wave());
        }
      }
    }
  }
}
