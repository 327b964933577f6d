package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens sessions as an endpoint says, the same way on both sides. */
final class Sessions {
  /** A dead network is noticed within this many seconds when a connection is opened. */
  private static final String CONNECT_TIMEOUT_SECONDS = "10";

  private Sessions() {}

  static Connection open(DatabaseEndpoint endpoint, String purpose) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.putAll(endpoint.properties());
    properties.setProperty("user", endpoint.user());
    properties.setProperty("password", endpoint.password().reveal());
    properties.setProperty("ApplicationName", "veer: " + purpose);
    return DriverManager.getConnection(endpoint.url(), properties);
  }
}
