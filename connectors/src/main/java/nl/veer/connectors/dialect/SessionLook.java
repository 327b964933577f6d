package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Asks the server, over a connection of its own, whether it is at work for a session that hears
 * nothing. A statement may take days; but then the server does not wait for its client.
 */
final class SessionLook {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private static final String WAITS_FOR_CLIENT =
      "SELECT coalesce(wait_event_type = 'Client', false) FROM pg_stat_activity"
          + " WHERE pid = ? AND extract(epoch FROM backend_start)::text = ?";

  private SessionLook() {}

  /** What the server says of a session. */
  enum Verdict {
    /** It has a statement in hand. */
    AT_WORK,
    /** It has ended the session, or waits for the client that waits for it. */
    LOST,
    /** A new connection does not come through either. */
    UNREACHABLE,
    /**
     * It answered, but not that question, or refused to be asked; or it is another server, whose
     * word is worth nothing. What is then left is TCP: it breaks the session if its server died.
     */
    UNKNOWN
  }

  static Verdict at(DatabaseEndpoint endpoint, Backend backend) {
    try (Connection connection = Sessions.openBounded(endpoint, "session watch", ANSWER)) {
      Backend own = Backend.of(connection);
      if (own.isBeside(backend)) {
        return waitsForClient(connection, backend) ? Verdict.LOST : Verdict.AT_WORK;
      }
      return backend.isReplacedBy(own) ? Verdict.LOST : Verdict.UNKNOWN;
    } catch (SQLException e) {
      return Outage.isUnreachable(e) ? Verdict.UNREACHABLE : Verdict.UNKNOWN;
    }
  }

  /** Or is not there any more. */
  private static boolean waitsForClient(Connection connection, Backend backend)
      throws SQLException {
    try (PreparedStatement question = connection.prepareStatement(WAITS_FOR_CLIENT)) {
      question.setInt(1, backend.pid());
      question.setString(2, backend.started());
      try (ResultSet row = question.executeQuery()) {
        return !row.next() || row.getBoolean(1);
      }
    }
  }
}
