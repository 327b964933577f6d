package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Opens connections to the source. A type of its own, so that source and target cannot be swapped.
 * Safe for use by several threads; the connections belong to whoever opened them.
 */
public final class SourceConnections {
  private final DatabaseEndpoint endpoint;
  private final OpenSessions sessions;

  public SourceConnections(DatabaseEndpoint endpoint) {
    this.endpoint = endpoint;
    this.sessions = new OpenSessions(endpoint);
  }

  /**
   * Opens a connection that names itself to the server as {@code veer: purpose}. Its statements may
   * take as long as they need; but once it has lost its server it breaks within about a minute.
   *
   * @param purpose what for, for the server's own list of sessions, for example {@code shop/main
   *     load}
   */
  public Connection open(String purpose) throws SQLException {
    return sessions.open(purpose);
  }

  /** Breaks every session that was opened through this, also one that waits for an answer. */
  public void abort() {
    sessions.abort();
  }

  /**
   * Opens a connection for short questions: none is waited for longer than this, whatever hangs.
   *
   * @param answer at least a second
   */
  public Connection openBounded(String purpose, Duration answer) throws SQLException {
    return Sessions.openBounded(endpoint, purpose, answer);
  }

  public DatabaseEndpoint endpoint() {
    return endpoint;
  }
}
