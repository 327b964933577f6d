package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import nl.veer.connectors.event.LsnPosition;

/** Makes, describes and drops logical replication slots of pgoutput. Stateless. */
public final class PostgresSlots {
  private static final int FIRST_WITH_FAILOVER = 17;

  /** Newer columns through jsonb, so that one statement does for all versions. */
  private static final String STATE =
      """
      SELECT coalesce(active_pid, 0), confirmed_flush_lsn::text,
             CASE WHEN pg_is_in_recovery() THEN -1
                  ELSE pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn) END,
             coalesce(wal_status, ''), to_jsonb(s) ->> 'invalidation_reason'
      FROM pg_replication_slots s
      WHERE slot_name = ? AND slot_type = 'logical' AND database = current_database()
        AND plugin = 'pgoutput'
      """;

  private PostgresSlots() {}

  /** The slot, or nothing if this database has none of this name for pgoutput. */
  public static Optional<PostgresSlotState> find(Connection connection, String slot)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(STATE)) {
      query.setString(1, slot);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(state(row)) : Optional.empty();
      }
    }
  }

  /**
   * Makes the slot; waits for the transactions that run now. Where the server knows it, the slot is
   * kept in step on standbys (failover).
   *
   * @return from where on it will send what commits
   */
  public static LsnPosition create(Connection connection, String slot) throws SQLException {
    boolean failover =
        connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_FAILOVER
            && !PostgresIdentity.isStandby(connection);
    String create =
        failover
            ? "SELECT lsn::text FROM pg_create_logical_replication_slot"
                + "(?, 'pgoutput', false, false, true)"
            : "SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput')";
    try (PreparedStatement query = connection.prepareStatement(create)) {
      query.setString(1, slot);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return LsnPosition.parse(row.getString(1));
      }
    }
  }

  /**
   * Drops the slot, whoever made it; nothing happens if there is none.
   *
   * @throws SQLException with state 55006 if somebody reads it
   */
  public static void drop(Connection connection, String slot) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                + " WHERE slot_name = ?")) {
      query.setString(1, slot);
      query.execute();
    }
  }

  /** Ends the server process that reads the slot, if there is one: its client may be paused. */
  public static void endReader(Connection connection, String slot) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                + " WHERE slot_name = ? AND database = current_database()"
                + " AND active_pid IS NOT NULL")) {
      query.setString(1, slot);
      query.execute();
    }
  }

  private static PostgresSlotState state(ResultSet row) throws SQLException {
    String confirmed = row.getString(2);
    return new PostgresSlotState(
        row.getInt(1),
        confirmed == null ? new LsnPosition(0) : LsnPosition.parse(confirmed),
        row.getLong(3),
        row.getString(4),
        row.getString(5));
  }
}
