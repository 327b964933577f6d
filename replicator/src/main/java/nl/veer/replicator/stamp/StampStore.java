package nl.veer.replicator.stamp;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * The records of one wave on the target, in the hands of the one replicator that owns the epoch.
 * Every write carries the epoch and hits exactly one row, in the same transaction as the rows that
 * it speaks of: a replicator that was taken over cannot commit anything. The caller commits. Safe
 * for several threads, each with a session of its own.
 */
public final class StampStore {
  private final TargetDialect dialect;
  private final WaveId wave;
  private final long epoch;

  private StampStore(TargetDialect dialect, WaveId wave, long epoch) {
    this.dialect = dialect;
    this.wave = wave;
    this.epoch = epoch;
  }

  /** What the sessions that write for a wave are opened for. */
  public static String applyPurpose(WaveId wave) {
    return wave + " apply";
  }

  /** What the sessions that load for a wave are opened for. */
  public static String loadPurpose(WaveId wave) {
    return wave + " load";
  }

  /** Makes the records if need be, ends the former owner's sessions and begins a new epoch. */
  public static StampStore takeOver(TargetDialect dialect, TargetConnections target, WaveId wave) {
    try (TargetSession session = dialect.open(target, wave + " takeover")) {
      Connection connection = session.connection();
      try {
        dialect.migrateRecords(connection);
        StampSql.update(
            connection,
            "INSERT INTO veer.stamp (migration, wave, epoch, transaction_number)"
                + " SELECT ?, ?, 0, 0 WHERE NOT EXISTS"
                + " (SELECT 1 FROM veer.stamp WHERE migration = ? AND wave = ?)",
            wave.migration(),
            wave.wave(),
            wave.migration(),
            wave.wave());
        session.commit();
        dialect.endSessions(connection, List.of(applyPurpose(wave), loadPurpose(wave)));
        beginEpoch(connection, wave);
        long epoch = StampSql.epoch(connection, wave).orElseThrow();
        session.commit();
        return new StampStore(dialect, wave, epoch);
      } catch (SQLException e) {
        throw dialect.failure(e, "taking over wave " + wave);
      }
    }
  }

  static void beginEpoch(Connection connection, WaveId wave) throws SQLException {
    StampSql.update(
        connection,
        "UPDATE veer.stamp SET epoch = epoch + 1 WHERE migration = ? AND wave = ?",
        wave.migration(),
        wave.wave());
    StampSql.update(
        connection,
        "UPDATE veer.load SET epoch = (SELECT s.epoch FROM veer.stamp s"
            + " WHERE s.migration = ? AND s.wave = ?) WHERE migration = ? AND wave = ?",
        wave.migration(),
        wave.wave(),
        wave.migration(),
        wave.wave());
  }

  /** Reads the stamp and records this session as its owner; refuses if the epoch has passed. */
  public Stamp claim(TargetSession session) {
    return doing(
        "reading the stamp",
        () -> {
          exactlyOne(
              StampSql.update(
                  session.connection(),
                  "UPDATE veer.stamp SET owner_pid = ?, owner_start = CURRENT_TIMESTAMP"
                      + " WHERE migration = ? AND wave = ? AND epoch = ?",
                  (int) dialect.sessionId(session.connection()),
                  wave.migration(),
                  wave.wave(),
                  epoch));
          return StampSql.stamp(session.connection(), wave).orElseThrow();
        });
  }

  /** Refuses if the epoch has passed. For an owner that has had nothing to write for a while. */
  public void requireOwned(TargetSession session) {
    long now =
        doing("looking at the epoch", () -> StampSql.epoch(session.connection(), wave).orElse(-1L));
    exactlyOne(now == epoch ? 1 : 0);
  }

  /** Ends all other sessions for this purpose: what they had not committed is undone. */
  public void endSessions(TargetSession session, String purpose) {
    doing(
        "ending older sessions",
        () -> {
          dialect.endSessions(session.connection(), List.of(purpose));
          return true;
        });
  }

  /** Moves the stamp on. Refuses unless it still stands where this owner left it. */
  public void advance(TargetSession session, Stamp from, Stamp to) {
    Position position = to.position();
    exactlyOne(
        doing(
            "advancing the stamp",
            () ->
                StampSql.update(
                    session.connection(),
                    "UPDATE veer.stamp SET transaction_number = ?, position = ?, log_id = ?,"
                        + " log_offset = ?, committed_at = ?, applied_at = CURRENT_TIMESTAMP"
                        + " WHERE migration = ? AND wave = ? AND epoch = ?"
                        + " AND transaction_number = ?",
                    to.transaction(),
                    position == null ? null : position.text(),
                    to.logId(),
                    to.logOffset(),
                    to.committedAt(),
                    wave.migration(),
                    wave.wave(),
                    epoch,
                    from.transaction())));
  }

  public List<TableLoad> loads(TargetSession session) {
    return doing("reading the loads", () -> StampSql.loads(session.connection(), wave));
  }

  /**
   * Records that a table is to be loaded, unless it is recorded already.
   *
   * @param horizon kept with the first record, for the log began not long before it
   */
  public void plan(TargetSession session, SourceTable table, boolean truncate, String horizon) {
    TableId id = table.schema().id();
    doing(
        "planning the load of " + id,
        () ->
            StampSql.update(
                    session.connection(),
                    "INSERT INTO veer.load (migration, wave, table_schema, table_name, epoch,"
                        + " state, truncate, whole_before, key_columns, row_count, byte_count)"
                        + " SELECT ?, ?, ?, ?, ?, 'PENDING', ?, ?, ?, 0, 0 WHERE NOT EXISTS"
                        + " (SELECT 1 FROM veer.load WHERE migration = ? AND wave = ?"
                        + " AND table_schema = ? AND table_name = ?)",
                    wave.migration(),
                    wave.wave(),
                    id.schema(),
                    id.name(),
                    epoch,
                    truncate,
                    table.identity().wholeBefore(),
                    StampSql.joined(table.identity().key()),
                    wave.migration(),
                    wave.wave(),
                    id.schema(),
                    id.name())
                + StampSql.update(
                    session.connection(),
                    "UPDATE veer.load SET log_horizon = ? WHERE migration = ? AND wave = ?"
                        + " AND table_schema = ? AND table_name = ? AND log_horizon IS NULL",
                    horizon,
                    wave.migration(),
                    wave.wave(),
                    id.schema(),
                    id.name()));
  }

  /** To be committed before the table's first row is written. */
  public void startLoad(TargetSession session, SourceTable table, Boundary boundary) {
    TableId id = table.schema().id();
    requireReach(session, id, boundary);
    exactlyOne(
        doing(
            "starting the load of " + id,
            () ->
                StampSql.update(
                    session.connection(),
                    "UPDATE veer.load SET state = 'RUNNING', boundary = ?, boundary_position = ?,"
                        + " whole_before = ?, key_columns = ?, written_columns = ?, row_count = 0,"
                        + " byte_count = 0, started_at = CURRENT_TIMESTAMP, completed_at = NULL"
                        + " WHERE migration = ? AND wave = ? AND table_schema = ?"
                        + " AND table_name = ? AND epoch = ? AND state <> 'COMPLETE'",
                    boundary.text(),
                    boundary.position().text(),
                    table.identity().wholeBefore(),
                    StampSql.joined(table.identity().key()),
                    StampSql.joined(table.schema().writtenColumns()),
                    wave.migration(),
                    wave.wave(),
                    id.schema(),
                    id.name(),
                    epoch)));
  }

  private void requireReach(TargetSession session, TableId table, Boundary boundary) {
    doing("reading where the log began", () -> StampSql.horizon(session.connection(), wave, table))
        .filter(horizon -> !boundary.reaches(horizon))
        .ifPresent(
            horizon -> {
              throw new Failure(
                  FailureKind.LOST_POSITION,
                  "LOG_TOO_OLD",
                  ("Table %s cannot be loaded against a log that began so many transactions ago (at"
                          + " %s, now %s): their numbers have begun to repeat. Remove the wave with"
                          + " its log, and begin it anew.")
                      .formatted(table, horizon, boundary.text()));
            });
  }

  /**
   * Adds what was copied. In the same transaction as the copied rows.
   *
   * @param last whether nothing is left of the table
   */
  public void addLoaded(TargetSession session, TableId table, long rows, long bytes, boolean last) {
    exactlyOne(
        doing(
            "recording the load of " + table,
            () ->
                StampSql.update(
                    session.connection(),
                    "UPDATE veer.load SET row_count = row_count + ?, byte_count = byte_count + ?"
                        + (last ? ", state = 'COMPLETE', completed_at = CURRENT_TIMESTAMP" : "")
                        + " WHERE migration = ? AND wave = ? AND table_schema = ?"
                        + " AND table_name = ? AND epoch = ? AND state = 'RUNNING'",
                    rows,
                    bytes,
                    wave.migration(),
                    wave.wave(),
                    table.schema(),
                    table.name(),
                    epoch)));
  }

  private void exactlyOne(int rows) {
    if (rows != 1) {
      throw new Failure(
          FailureKind.CONFLICT,
          "TAKEN_OVER",
          "Another replicator has taken over wave %s, or its records were changed. This one (epoch"
                  .formatted(wave)
              + " %d) stops and has changed nothing. Run only one replicator per wave."
                  .formatted(epoch));
    }
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T doing(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw dialect.failure(e, what);
    }
  }
}
