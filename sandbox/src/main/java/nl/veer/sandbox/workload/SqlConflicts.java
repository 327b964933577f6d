package nl.veer.sandbox.workload;

import java.sql.SQLException;
import java.util.Set;

/** What an SQL error means for a client of the shop. */
final class SqlConflicts {
  /** Serialization failure, deadlock, lock timeout; unique, foreign key and exclusion: a race. */
  private static final Set<String> CONFLICTS =
      Set.of("40001", "40P01", "55P03", "23505", "23503", "23P01");

  /** Shut down, crashed, starting up, too many connections. */
  private static final Set<String> OUTAGES =
      Set.of("57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006");

  private SqlConflicts() {}

  /** Another client was in the way: the same again with other dice. */
  static boolean isConflict(SQLException error) {
    return error.getSQLState() != null && CONFLICTS.contains(error.getSQLState());
  }

  /**
   * The database takes no writes now, or none of this client's: again in a moment, perhaps on
   * another server.
   */
  static boolean isRefusal(SQLException error) {
    return "25006".equals(error.getSQLState());
  }

  /** The server is away: a new connection, and the question whether the commit happened. */
  static boolean isOutage(SQLException error) {
    return error.getSQLState() != null && OUTAGES.contains(error.getSQLState());
  }
}
