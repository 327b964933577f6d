package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Opens connections to the source. A type of its own, so that source and target cannot be swapped.
 * Safe for use by several threads; the connections belong to whoever opened them.
 */
public final class SourceConnections {
  private final DatabaseEndpoint endpoint;
  private final OpenSessions sessions = new OpenSessions();

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
    return sessions.add(Sessions.open(endpoint, purpose));
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
    Connection connection = Sessions.open(endpoint, purpose);
    try {
      int millis = Math.toIntExact(answer.toMillis());
      connection.setNetworkTimeout(Runnable::run, millis);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET statement_timeout = " + millis / 2);
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  public DatabaseEndpoint endpoint() {
    return endpoint;
  }
}
