package nl.veer.replicator.stamp;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;

/**
 * A target's records as anyone may look at them, what anyone may ask for, and the two things that
 * end a wave's life there. Each call opens a session of its own.
 */
public final class WaveRecords {
  /**
   * The tables whose rows say why a transaction of Veer's changes the wave's tables; each such
   * transaction writes one.
   */
  public static final List<TableId> TABLES =
      List.of(
          new TableId("veer", "load"), new TableId("veer", "repair"), new TableId("veer", "stamp"));

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

  /** The same, as the caller's session sees it; the records must be there. */
  public static Optional<Stamp> stamp(Connection connection, WaveId wave) throws SQLException {
    return StampSql.stamp(connection, wave);
  }

  /** The loads of the wave's tables, by schema and name. */
  public List<TableLoad> loads(WaveId wave) {
    return reading(
        wave,
        connection ->
            dialect.hasRecords(connection) ? StampSql.loads(connection, wave) : List.of());
  }

  /** The same, as the caller's session sees it; the records must be there. */
  public static List<TableLoad> loads(Connection connection, WaveId wave) throws SQLException {
    return StampSql.loads(connection, wave);
  }

  /**
   * Ends the wave's replicator and lets its next one load every table anew, after emptying it, and
   * read the log from its beginning. A stamp that was lost or changed is made good.
   */
  public void reset(WaveId wave) {
    changing(
        wave,
        connection -> {
          dialect.restoreRecords(connection);
          StampSql.update(
              connection,
              "INSERT INTO veer.stamp (migration, wave, epoch, transaction_number) SELECT ?, ?,"
                  + " coalesce(max(epoch), 0), 0 FROM veer.load WHERE migration = ? AND wave = ?"
                  + " HAVING NOT EXISTS (SELECT 1 FROM veer.stamp WHERE migration = ? AND wave = ?)",
              wave.migration(),
              wave.wave(),
              wave.migration(),
              wave.wave(),
              wave.migration(),
              wave.wave());
          StampStore.beginEpoch(dialect, connection, wave);
          StampSql.update(
              connection,
              "UPDATE veer.stamp SET transaction_number = 0, position = NULL, log_id = NULL,"
                  + " log_offset = NULL, committed_at = NULL WHERE migration = ? AND wave = ?",
              wave.migration(),
              wave.wave());
          StampSql.update(
              connection,
              "UPDATE veer.load SET state = 'PENDING', truncate = true, boundary = NULL,"
                  + " boundary_position = NULL, log_horizon = NULL, row_count = 0, byte_count = 0,"
                  + " completed_at = NULL WHERE migration = ? AND wave = ?",
              wave.migration(),
              wave.wave());
        });
  }

  /**
   * Asks for tables to be loaded anew while the wave goes on, in one transaction: the wave's
   * replicator does it between two batches, or before its first one if none runs now. Nobody is
   * ended. The log is read on from the stamp, so the wave's older transactions matter no more.
   *
   * @return the tables that were whole until now; the others are to be loaded, or being loaded,
   *     without that
   * @throws nl.veer.connectors.failure.Failure LOST_POSITION if the stamp is not as Veer wrote it
   */
  public List<TableId> askAgain(WaveId wave, List<TableId> tables) {
    List<TableId> asked = new ArrayList<>();
    writing(
        wave,
        connection -> {
          new StampSeal(dialect, wave).require(connection);
          for (TableId table : tables) {
            if (1
                == StampSql.update(
                    connection,
                    "UPDATE veer.load SET state = 'AGAIN', log_horizon = NULL WHERE migration = ?"
                        + " AND wave = ? AND table_schema = ? AND table_name = ?"
                        + " AND state = 'COMPLETE'",
                    wave.migration(),
                    wave.wave(),
                    table.schema(),
                    table.name())) {
              asked.add(table);
            }
          }
        });
    return asked;
  }

  /**
   * Ends the wave's replicator and removes the wave's rows; with the last wave, the schema, but not
   * an audit log that holds entries.
   */
  public void drop(WaveId wave) {
    changing(
        wave,
        connection -> {
          boolean empty = true;
          for (String table : List.of("load", "stamp", "repair", "retired")) {
            if (isThere(connection, table)) {
              StampSql.update(
                  connection,
                  "DELETE FROM veer." + table + " WHERE migration = ? AND wave = ?",
                  wave.migration(),
                  wave.wave());
              empty &= isEmpty(connection, table);
            }
          }
          if (empty) {
            dialect.dropRecords(connection);
          }
        });
  }

  private static boolean isThere(Connection connection, String table) throws SQLException {
    try (ResultSet found = connection.getMetaData().getTables(null, "veer", table, null)) {
      return found.next();
    }
  }

  private static boolean isEmpty(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM veer." + table)) {
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

  /** Ends the wave's other sessions first. */
  private void changing(WaveId wave, Change change) {
    writing(
        wave,
        connection -> {
          dialect.endSessions(connection, purposes(wave));
          change.run(connection);
        });
  }

  /** Nothing happens where nothing was ever recorded. */
  private void writing(WaveId wave, Change change) {
    try (TargetSession session = dialect.openBriefly(target, wave + " records")) {
      Connection connection = session.connection();
      try {
        if (dialect.hasRecords(connection)) {
          change.run(connection);
        }
      } catch (SQLException e) {
        throw dialect.failure(e, "changing the records of wave " + wave);
      }
      session.commit();
    }
  }
}
