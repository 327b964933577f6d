package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Veer's sessions as the server lists them. */
public final class PostgresSessions {
  private static final String COUNT =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = ANY (?)
      """;

  private PostgresSessions() {}

  /** Whether any session is open that names itself as being there for one of these purposes. */
  public static boolean anyFor(Connection connection, List<String> purposes) throws SQLException {
    String[] names = purposes.stream().map(purpose -> "veer: " + purpose).toArray(String[]::new);
    try (PreparedStatement query = connection.prepareStatement(COUNT)) {
      query.setArray(1, connection.createArrayOf("text", names));
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }
}
