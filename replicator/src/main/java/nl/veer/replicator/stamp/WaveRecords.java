package nl.veer.replicator.stamp;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;

/**
 * A target's records as anyone may look at them, and the two things that end a wave's life there.
 * Each call opens a session of its own.
 */
public final class WaveRecords {
  private static final int READ_TIMEOUT_MILLIS = 30_000;

  private final TargetDialect dialect;
  private final TargetConnections target;

  public WaveRecords(TargetDialect dialect, TargetConnections target) {
    this.dialect = dialect;
    this.target = target;
  }

  /** The wave's stamp; empty if nothing was ever recorded. */
  public Optional<Stamp> stamp(WaveId wave) {
    return reading(
        wave,
        connection ->
            dialect.hasRecords(connection) ? StampSql.stamp(connection, wave) : Optional.empty());
  }

  /** The loads of the wave's tables, by schema and name. */
  public List<TableLoad> loads(WaveId wave) {
    return reading(
        wave,
        connection ->
            dialect.hasRecords(connection) ? StampSql.loads(connection, wave) : List.of());
  }

  /**
   * Ends the wave's replicator and lets its next one load every table anew, after emptying it, and
   * read the log from its beginning.
   */
  public void reset(WaveId wave) {
    changing(
        wave,
        connection -> {
          StampStore.beginEpoch(connection, wave);
          StampSql.update(
              connection,
              "UPDATE veer.stamp SET transaction_number = 0, position = NULL, log_id = NULL,"
                  + " log_offset = NULL, committed_at = NULL WHERE migration = ? AND wave = ?",
              wave.migration(),
              wave.wave());
          StampSql.update(
              connection,
              "UPDATE veer.load SET state = 'PENDING', truncate = true, boundary = NULL,"
                  + " boundary_position = NULL, row_count = 0, byte_count = 0,"
                  + " completed_at = NULL WHERE migration = ? AND wave = ?",
              wave.migration(),
              wave.wave());
        });
  }

  /**
   * Ends the wave's replicator and lets its next one load this table anew, after emptying it. The
   * log is read on from the stamp, so that its older transactions matter no more; what the new load
   * includes is skipped for this table.
   */
  public void reset(WaveId wave, TableId table) {
    changing(
        wave,
        connection -> {
          StampStore.beginEpoch(connection, wave);
          StampSql.update(
              connection,
              "UPDATE veer.load SET state = 'PENDING', truncate = true, boundary = NULL,"
                  + " boundary_position = NULL, log_horizon = NULL, row_count = 0, byte_count = 0,"
                  + " completed_at = NULL WHERE migration = ? AND wave = ?"
                  + " AND table_schema = ? AND table_name = ?",
              wave.migration(),
              wave.wave(),
              table.schema(),
              table.name());
        });
  }

  /** Ends the wave's replicator and removes the wave's rows; with the last wave, the schema. */
  public void drop(WaveId wave) {
    changing(
        wave,
        connection -> {
          for (String table : List.of("load", "stamp")) {
            StampSql.update(
                connection,
                "DELETE FROM veer." + table + " WHERE migration = ? AND wave = ?",
                wave.migration(),
                wave.wave());
          }
          if (isEmpty(connection)) {
            dialect.dropRecords(connection);
          }
        });
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM veer.stamp")) {
      row.next();
      return row.getLong(1) == 0;
    }
  }

  private static List<String> purposes(WaveId wave) {
    return List.of(StampStore.applyPurpose(wave), StampStore.loadPurpose(wave));
  }

  private interface Change {
    void run(Connection connection) throws SQLException;
  }

  private interface Reading<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Needs no more rights than to read the records, and no more patience than for that. */
  private <T> T reading(WaveId wave, Reading<T> work) {
    try (Connection connection = target.open(wave + " records")) {
      connection.setReadOnly(true);
      connection.setNetworkTimeout(Runnable::run, READ_TIMEOUT_MILLIS);
      return work.run(connection);
    } catch (SQLException e) {
      throw dialect.failure(e, "reading the records of wave " + wave);
    }
  }

  /** Ends the wave's other sessions first. Nothing happens where nothing was ever recorded. */
  private void changing(WaveId wave, Change change) {
    try (TargetSession session = dialect.open(target, wave + " records")) {
      Connection connection = session.connection();
      try {
        if (dialect.hasRecords(connection)) {
          dialect.endSessions(connection, purposes(wave));
          change.run(connection);
        }
      } catch (SQLException e) {
        throw dialect.failure(e, "changing the records of wave " + wave);
      }
      session.commit();
    }
  }
}
