package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** Whom a session is to the server. Stateless. */
final class PostgresRoles {
  private PostgresRoles() {}

  /** The role that logged in. */
  static String session(Connection connection) throws SQLException {
    return name(connection, "SELECT session_user");
  }

  /** The role whose rights count now. */
  static String current(Connection connection) throws SQLException {
    return name(connection, "SELECT current_user");
  }

  /** Every role of the server. */
  static Set<String> all(Connection connection) throws SQLException {
    Set<String> roles = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT rolname FROM pg_roles")) {
      while (row.next()) {
        roles.add(row.getString(1));
      }
    }
    return roles;
  }

  private static String name(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
