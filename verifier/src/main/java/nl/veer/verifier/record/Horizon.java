package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import nl.veer.connectors.event.Position;

/**
 * How far the target was at a moment. What was visible then is in everything that is read later.
 * The place alone does not tell that: a transaction becomes visible only after its commit is in the
 * WAL, and much later where it waits for a standby.
 *
 * @param position the end of the target's own WAL
 * @param snapshot which of its transactions were visible, as PostgreSQL writes a {@code
 *     pg_snapshot}
 */
public record Horizon(Position position, String snapshot) {

  /** The present one. */
  public static Horizon now(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT pg_catalog.pg_current_wal_insert_lsn()::text,"
                    + " pg_catalog.pg_current_snapshot()::text");
        ResultSet row = query.executeQuery()) {
      row.next();
      return new Horizon(Position.parse(row.getString(1)), row.getString(2));
    }
  }
}
