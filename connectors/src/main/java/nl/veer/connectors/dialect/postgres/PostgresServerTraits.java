package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What is unusual about a server and database, on either side; for a preflight.
 *
 * @param encoding of the database
 * @param idleSlotTimeout after which the server drops a slot that nobody reads; {@code 0} for never
 * @param unreadableTypes types anywhere in the database that keep Debezium from starting: what
 *     counts as an enum and has no labels, which is every domain over an enum
 */
public record PostgresServerTraits(
    String encoding, String idleSlotTimeout, List<String> unreadableTypes) {
  private static final String READ =
      """
      SELECT current_setting('server_encoding'),
             coalesce(current_setting('idle_replication_slot_timeout', true), '0'),
             ARRAY(SELECT format_type(t.oid, NULL) FROM pg_type t
                   WHERE t.typcategory = 'E'
                     AND NOT EXISTS (SELECT FROM pg_enum e WHERE e.enumtypid = t.oid)
                   ORDER BY 1)
      """;

  public PostgresServerTraits {
    unreadableTypes = List.copyOf(unreadableTypes);
  }

  /** The connection's. */
  public static PostgresServerTraits read(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(READ);
        ResultSet row = query.executeQuery()) {
      row.next();
      return new PostgresServerTraits(
          row.getString(1), row.getString(2), List.of((String[]) row.getArray(3).getArray()));
    }
  }
}
