package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;

/**
 * How far a source is, and what of a log is there; or a target, and what of an echo.
 *
 * @param position end of the WAL that is written
 * @param clockMillis the server's clock
 * @param slot whether the log's slot exists
 * @param capturing whether a capture streams from it
 */
public record PostgresProgress(
    Position position, long clockMillis, boolean slot, boolean capturing) {
  private static final String PROGRESS =
      """
      SELECT pg_current_wal_lsn()::text, (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
             EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?),
             EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ? AND active)
      """;

  /** Reads it now. */
  public static PostgresProgress of(Connection source, LogId log) throws SQLException {
    try (PreparedStatement query = source.prepareStatement(PROGRESS)) {
      query.setString(1, log.slot());
      query.setString(2, log.slot());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new PostgresProgress(
            LsnPosition.parse(row.getString(1)),
            row.getLong(2),
            row.getBoolean(3),
            row.getBoolean(4));
      }
    }
  }

  /** Only the end of the WAL that is written, now. */
  public static Position end(Connection source) throws SQLException {
    try (PreparedStatement query = source.prepareStatement("SELECT pg_current_wal_lsn()::text");
        ResultSet row = query.executeQuery()) {
      row.next();
      return LsnPosition.parse(row.getString(1));
    }
  }

  /** The end of all that was ever inserted into the WAL, written or not, now. */
  public static Position inserted(Connection side) throws SQLException {
    try (PreparedStatement query =
            side.prepareStatement("SELECT pg_current_wal_insert_lsn()::text");
        ResultSet row = query.executeQuery()) {
      row.next();
      return LsnPosition.parse(row.getString(1));
    }
  }
}
