package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to the source. A type of its own, so that source and target cannot be swapped.
 * Safe for use by several threads; the connections belong to whoever opened them.
 */
public final class SourceConnections {
  private final DatabaseEndpoint endpoint;

  public SourceConnections(DatabaseEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Opens a connection that names itself to the server as {@code veer: purpose}.
   *
   * @param purpose what for, for the server's own list of sessions, for example {@code shop/main
   *     load}
   */
  public Connection open(String purpose) throws SQLException {
    return Sessions.open(endpoint, purpose);
  }

  public DatabaseEndpoint endpoint() {
    return endpoint;
  }
}
