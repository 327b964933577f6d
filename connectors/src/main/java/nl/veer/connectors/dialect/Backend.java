package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The server's own name of a session: a pooler in between gives the driver one of its own. Behind a
 * load balancer, or a URL with several hosts, the next connection may come to another server, whose
 * numbers mean other sessions.
 *
 * @param started when the session began there, as text
 * @param place where the server listens; empty if it is reached by a socket file
 * @param serverStarted when the server itself began, as text
 */
record Backend(int pid, String started, String place, String serverStarted) {
  private static final String OWN =
      """
      SELECT pid, extract(epoch FROM backend_start)::text,
        coalesce(host(inet_server_addr()) || ' ' || inet_server_port(), ''),
        extract(epoch FROM pg_postmaster_start_time())::text
      FROM pg_stat_activity WHERE pid = pg_backend_pid()
      """;

  /** The one at the other end of this connection. */
  static Backend of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OWN)) {
      row.next();
      return new Backend(row.getInt(1), row.getString(2), row.getString(3), row.getString(4));
    }
  }

  /** Whether both were made by one run of one server, so that it can be asked about either. */
  boolean isBeside(Backend other) {
    return place.equals(other.place) && serverStarted.equals(other.serverStarted);
  }

  /** Whether the server of the other one stands in this one's place now: it was started anew. */
  boolean isReplacedBy(Backend other) {
    return !place.isEmpty()
        && place.equals(other.place)
        && !serverStarted.equals(other.serverStarted);
  }
}
