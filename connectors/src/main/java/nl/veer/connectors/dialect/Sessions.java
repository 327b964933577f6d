package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/** Opens sessions as an endpoint says, the same way on both sides. */
final class Sessions {
  /** A dead network is noticed within this many seconds when a connection is opened. */
  private static final String CONNECT_TIMEOUT_SECONDS = "10";

  private static final String SOCKET_TIMEOUT = "socketTimeout";

  private Sessions() {}

  /** Opens a session whose statements may take as long as they need. */
  static Connection open(DatabaseEndpoint endpoint, String purpose, DriverSockets sockets)
      throws SQLException {
    Connection connection = connect(endpoint, purpose, sockets);
    try {
      unlimit(endpoint, connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Lets its statements take as long as they need, unless the endpoint says otherwise. */
  static void unlimit(DatabaseEndpoint endpoint, Connection connection) throws SQLException {
    if (!endpoint.properties().containsKey(SOCKET_TIMEOUT)) {
      connection.setNetworkTimeout(Runnable::run, 0);
    }
  }

  /** Opens a session for short questions: none is waited for longer than this. */
  static Connection openBounded(DatabaseEndpoint endpoint, String purpose, Duration answer)
      throws SQLException {
    try (DriverSockets sockets = DriverSockets.open()) {
      Connection connection = connect(endpoint, purpose, sockets);
      try {
        bound(connection, answer);
        try (Statement statement = connection.createStatement()) {
          statement.execute(limit(answer));
        }
        return connection;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
  }

  /** Waits for none of its answers longer than this. */
  static void bound(Connection connection, Duration answer) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
  }

  /** Has the server give up what takes too long, while it still can be told. */
  static String limit(Duration answer) {
    return "SET statement_timeout = %d;".formatted(answer.toMillis() / 2);
  }

  /** What a session for this is called on the server. */
  static String name(String purpose) {
    return "veer: " + purpose;
  }

  /** Logging in is bounded too: a server that takes the connection and is silent is no server. */
  static Connection connect(DatabaseEndpoint endpoint, String purpose, DriverSockets sockets)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.setProperty(SOCKET_TIMEOUT, CONNECT_TIMEOUT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.putAll(sockets.properties());
    properties.putAll(endpoint.properties());
    properties.setProperty("user", endpoint.user());
    properties.setProperty("password", endpoint.password().reveal());
    properties.setProperty("ApplicationName", name(purpose));
    // A failed statement's message would quote the row: the server's detail, and parameters.
    properties.setProperty("logServerErrorDetail", "false");
    Connection connection = DriverManager.getConnection(endpoint.url(), properties);
    try {
      // The driver's own savepoints would hide from the stamp which transaction wrote it.
      connection.unwrap(PGConnection.class).setAutosave(AutoSave.NEVER);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
