package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.SourceSnapshot;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** PostgreSQL as the source of a load. */
public final class PostgresLoad implements LoadDialect {
  /** While a slot is being made it is listed without a confirmed position. */
  private static final String SLOT =
      """
      SELECT EXISTS (SELECT FROM pg_replication_slots
                     WHERE slot_name = ? AND database = current_database()
                       AND confirmed_flush_lsn IS NOT NULL)
      """;

  /** Commits that wait for a standby still show their transaction; ids compare by their age. */
  private static final String AWAITED =
      """
      SELECT EXISTS (SELECT FROM pg_stat_activity
                     WHERE wait_event = 'SyncRep'
                       AND (backend_xid IS NULL OR age(backend_xid) > age(?::text::xid)))
      """;

  private static final long ID_RANGE = 1L << 32;

  @Override
  public Connection open(SourceConnections source, String purpose) throws SQLException {
    Connection connection = source.open(purpose);
    try {
      PostgresSettings.forSource(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public boolean keepsLog(Connection source, WaveId wave) throws SQLException {
    try (PreparedStatement query = source.prepareStatement(SLOT)) {
      query.setString(1, wave.slot());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * Takes an id of its own: a snapshot's xmax is only behind what has ended, and a commit that
   * waits has not.
   */
  @Override
  public String horizon(Connection source) throws SQLException {
    try (PreparedStatement query = source.prepareStatement("SELECT pg_current_xact_id()::text");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public boolean awaitsCommits(Connection source, String horizon) throws SQLException {
    if (PostgresRights.cannotSeeWaits(source)) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "STATS_RIGHT",
          "The source has synchronous standbys, and this role may not see which commits wait for"
              + " them: a load could miss those. GRANT pg_read_all_stats to it.");
    }
    try (PreparedStatement query = source.prepareStatement(AWAITED)) {
      query.setString(1, Long.toString(Long.parseLong(horizon) % ID_RANGE));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  @Override
  public List<SourceTable> tables(Connection source, List<TableId> ids) throws SQLException {
    return PostgresSourceTables.read(source, ids);
  }

  @Override
  public SourceSnapshot snapshot(Connection holder, List<SourceTable> tables) {
    try {
      return PostgresSourceSnapshot.open(holder, tables);
    } catch (SQLException e) {
      throw sourceFailure(e, "taking a snapshot of " + tables.size() + " tables");
    }
  }

  @Override
  public Boundary boundary(String text, Position position) {
    return PostgresSnapshot.parse(text, position);
  }

  @Override
  public Failure sourceFailure(SQLException error, String doing) {
    return PostgresFailures.source(error, doing);
  }
}
