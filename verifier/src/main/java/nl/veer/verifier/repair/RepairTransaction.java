package nl.veer.verifier.repair;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.repair.PlannedRow.Action;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.verdict.TargetCut.Applied;
import nl.veer.verifier.verdict.UnknownReason;

/**
 * One transaction of a repair, whole or not at all. It holds the wave's stamp, so that the
 * replicator waits and what the target equals stands still, and it says of each row that it is a
 * repair's. Owned by one thread.
 */
final class RepairTransaction {
  /** Far below deadlock_timeout's second: the replicator shall not be the one that gives way. */
  private static final String NO_WAITING = "SET LOCAL lock_timeout = '200ms'";

  /** A process that is paused shall hold the replicator up no longer. */
  private static final String BOUNDED =
      "SET LOCAL idle_in_transaction_session_timeout = '10s';"
          + " SET LOCAL statement_timeout = '10s'";

  private final TargetSession session;
  private final WaveId wave;

  RepairTransaction(TargetSession session, WaveId wave) {
    this.session = session;
    this.wave = wave;
  }

  /** What was written, under which number, and what was not and why. */
  record Outcome(Map<PlannedRow, Long> written, List<Mended> others) {}

  /** What is done while the stamp is held. */
  interface Work {
    /**
     * @param written to be told of each row that is written
     * @param others to be told of the others
     */
    void run(
        Connection connection, Applied stamp, Map<PlannedRow, Action> written, List<Mended> others)
        throws SQLException, Unjudged;
  }

  /**
   * @throws Unjudged if it cannot be proven what belongs there; nothing was changed
   * @throws Failure as the target says; nothing was changed, unless it is the commit that failed
   */
  Outcome run(BlamedTable table, Work work) throws Unjudged {
    boolean done = false;
    try {
      Connection connection = session.connection();
      execute(connection, BOUNDED);
      Applied stamp = StampLock.take(connection, wave, table.table().id());
      if (stamp == null) {
        throw new Unjudged(
            UnknownReason.BEHIND,
            "Table " + table.table().id() + " is not loaded, or not caught up with its load.");
      }
      execute(connection, NO_WAITING);
      Map<PlannedRow, Action> written = new HashMap<>();
      List<Mended> others = new ArrayList<>();
      work.run(connection, stamp, written, others);
      Map<PlannedRow, Long> numbers = new HashMap<>();
      for (Map.Entry<PlannedRow, Action> row : written.entrySet()) {
        numbers.put(
            row.getKey(),
            RepairRecords.write(
                connection, wave, table.table().id(), row.getKey().keyDigest(), row.getValue()));
      }
      session.commit();
      done = true;
      return new Outcome(numbers, others);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "repairing rows of " + table.table().id());
    } finally {
      if (!done) {
        session.rollback();
      }
    }
  }

  /** Reads under the path by which a scan reads, for what of the texts depends on it. */
  static <T> T asScanned(Connection connection, Reading<T> reading) throws SQLException {
    String path = path(connection, "pg_catalog");
    T answer = reading.of(connection);
    path(connection, path);
    return answer;
  }

  /** A question to the target. */
  interface Reading<T> {
    T of(Connection connection) throws SQLException;
  }

  private static String path(Connection connection, String next) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT pg_catalog.current_setting('search_path'),"
                + " pg_catalog.set_config('search_path', ?, true)")) {
      query.setString(1, next);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
