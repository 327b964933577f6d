package nl.veer.connectors.dialect.postgres;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What WAL a server keeps for a slot, and how much more it would.
 *
 * @param active whether somebody reads the slot
 * @param lost whether WAL that the reader needs is gone
 * @param retainedBytes of WAL from the slot's oldest needed place to the end; null if the server
 *     cannot say
 * @param safeBytes that can still be written before the slot may be lost; null where the server
 *     sets no bound ({@code max_slot_wal_keep_size = -1}), and its disk is the bound
 */
public record PostgresSlotRetention(
    boolean active, boolean lost, @Nullable Long retainedBytes, @Nullable Long safeBytes) {

  /** {@code safe_wal_size} counts down to zero, and below it until the next checkpoint. */
  private static final String RETENTION =
      """
      SELECT active, coalesce(wal_status, '') = 'lost'
               OR to_jsonb(s) ->> 'invalidation_reason' IS NOT NULL,
             CASE WHEN NOT pg_is_in_recovery()
                  THEN pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) END,
             safe_wal_size
      FROM pg_replication_slots s
      WHERE slot_name = ? AND slot_type = 'logical' AND database = current_database()
      """;

  /** Reads it now; nothing if this database has no slot of this name. */
  public static Optional<PostgresSlotRetention> find(Connection connection, String slot)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RETENTION)) {
      query.setString(1, slot);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new PostgresSlotRetention(
                    row.getBoolean(1), row.getBoolean(2), bytes(row, 3), bytes(row, 4)))
            : Optional.empty();
      }
    }
  }

  private static @Nullable Long bytes(ResultSet row, int column) throws SQLException {
    BigDecimal bytes = row.getBigDecimal(column);
    return bytes == null ? null : (Long) Math.max(0, bytes.longValue());
  }
}
