package nl.veer.verifier.repair;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.verdict.TargetCut.Applied;
import org.jspecify.annotations.Nullable;

/**
 * Holds the wave's stamp until the transaction's end. A batch writes it last, and waits: so that
 * what the target equals stays the same for as long, and nothing fails. Stateless.
 */
final class StampLock {
  private static final String LOCK =
      """
      SELECT transaction_number, position, log_id, log_offset FROM veer.stamp
      WHERE migration = ? AND wave = ? FOR UPDATE
      """;

  /** A statement of its own, behind the lock: it sees what others did while that was waited for. */
  private static final String LOADED =
      """
      SELECT state = 'COMPLETE' AND boundary_position::pg_lsn <= ?::pg_lsn FROM veer.load
      WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ?
      """;

  private StampLock() {}

  /** What the target equals; null if the table is not caught up with its load. */
  static @Nullable Applied take(Connection connection, WaveId wave, TableId table)
      throws SQLException {
    Applied stamp = lock(connection, wave);
    return stamp != null && isLoaded(connection, wave, table, stamp) ? stamp : null;
  }

  private static @Nullable Applied lock(Connection connection, WaveId wave) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOCK)) {
      query.setString(1, wave.migration());
      query.setString(2, wave.wave());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getString(3) != null
            ? new Applied(
                row.getLong(1), Position.parse(row.getString(2)), row.getString(3), row.getLong(4))
            : null;
      }
    }
  }

  private static boolean isLoaded(Connection connection, WaveId wave, TableId table, Applied stamp)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOADED)) {
      query.setString(1, stamp.position().text());
      query.setString(2, wave.migration());
      query.setString(3, wave.wave());
      query.setString(4, table.schema());
      query.setString(5, table.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
