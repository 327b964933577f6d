package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What is unusual about a server and database, on either side; for a preflight.
 *
 * @param encoding of the database
 * @param idleSlotTimeout after which the server drops a slot that nobody reads; {@code 0} for never
 */
public record PostgresServerTraits(String encoding, String idleSlotTimeout) {
  private static final String READ =
      """
      SELECT current_setting('server_encoding'),
             coalesce(current_setting('idle_replication_slot_timeout', true), '0')
      """;

  /** The connection's. */
  public static PostgresServerTraits read(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(READ);
        ResultSet row = query.executeQuery()) {
      row.next();
      return new PostgresServerTraits(row.getString(1), row.getString(2));
    }
  }
}
