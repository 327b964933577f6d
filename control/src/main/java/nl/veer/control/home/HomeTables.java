package nl.veer.control.home;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Which of Veer's tables are there. Stateless. */
public final class HomeTables {
  private HomeTables() {}

  /**
   * Whether it is.
   *
   * @param table with its schema, {@code veer.stamp} for example
   */
  public static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
      query.setString(1, table);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
