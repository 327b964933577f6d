package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The client sessions of a database that are not Veer's. Veer's own are those of its role that call
 * themselves {@code veer: …}, and those that Debezium opens for it. Stateless.
 */
final class ForeignSessions {
  /** Between two looks whether they have ended. */
  private static final String PAUSE = "SELECT pg_sleep(0.02)";

  private static final String FOREIGN =
      """
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
        AND coalesce(backend_type, 'client backend') = 'client backend'
        AND NOT usename = ANY (?)
        AND NOT (usename = session_user AND application_name ~ '^(veer: |Debezium )')
        AND (backend_start <= ?::text::timestamptz OR backend_start IS NULL)
      """;

  private static final String LIST =
      "SELECT format('session %s (%s) of %s', pid, application_name, usename) " + FOREIGN;

  private static final String END = "SELECT pg_terminate_backend(pid) " + FOREIGN;

  /**
   * Sessions that are just being made hold this lock on the database until they can be seen; they
   * may have read the database's settings as they were.
   */
  private static final String BEGINNING =
      """
      SELECT pid FROM pg_locks
      WHERE locktype = 'object' AND classid = 'pg_database'::regclass AND granted
        AND objid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
      """;

  private ForeignSessions() {}

  /**
   * Ends all that began before now, but for those of exempt roles, and waits until they are gone.
   */
  static void end(Connection side, Collection<String> exempt, Patience patience)
      throws SQLException {
    String now = now(side);
    Set<Integer> beginning = beginning(side);
    while (true) {
      beginning.retainAll(beginning(side));
      end(side, exempt, now);
      List<String> left = list(side, exempt, now);
      if (left.isEmpty() && beginning.isEmpty()) {
        return;
      }
      if (patience.isOver()) {
        throw FenceFailures.sessions(
            left.isEmpty() ? "sessions that are being made" : String.join("; ", left),
            patience.all());
      }
      try (Statement statement = side.createStatement()) {
        statement.execute(PAUSE);
      }
    }
  }

  private static String now(Connection side) throws SQLException {
    try (Statement statement = side.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()::text")) {
      row.next();
      return row.getString(1);
    }
  }

  private static Set<Integer> beginning(Connection side) throws SQLException {
    Set<Integer> pids = new HashSet<>();
    try (Statement statement = side.createStatement();
        ResultSet row = statement.executeQuery(BEGINNING)) {
      while (row.next()) {
        pids.add(row.getInt(1));
      }
    }
    return pids;
  }

  private static void end(Connection side, Collection<String> exempt, String before)
      throws SQLException {
    try (PreparedStatement end = prepared(side, END, exempt, before)) {
      end.execute();
    }
  }

  private static List<String> list(Connection side, Collection<String> exempt, String before)
      throws SQLException {
    List<String> sessions = new ArrayList<>();
    try (PreparedStatement query = prepared(side, LIST, exempt, before);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        sessions.add(row.getString(1));
      }
    }
    return sessions;
  }

  private static PreparedStatement prepared(
      Connection side, String sql, Collection<String> exempt, String before) throws SQLException {
    PreparedStatement statement = side.prepareStatement(sql);
    statement.setArray(1, side.createArrayOf("text", exempt.toArray()));
    statement.setString(2, before);
    return statement;
  }
}
