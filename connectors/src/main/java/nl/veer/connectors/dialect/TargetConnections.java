package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to the target. A type of its own, so that source and target cannot be swapped.
 * Safe for use by several threads; the connections belong to whoever opened them.
 */
public final class TargetConnections {
  private final DatabaseEndpoint endpoint;
  private final OpenSessions sessions = new OpenSessions();

  public TargetConnections(DatabaseEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Opens a connection that names itself to the server as {@code veer: purpose}.
   *
   * @param purpose what for, for the server's own list of sessions, for example {@code shop/main
   *     load}
   */
  public Connection open(String purpose) throws SQLException {
    return sessions.add(Sessions.open(endpoint, purpose));
  }

  /** Breaks every session that was opened through this, also one that waits for an answer. */
  public void abort() {
    sessions.abort();
  }

  public DatabaseEndpoint endpoint() {
    return endpoint;
  }
}
