package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Veer's sessions as the server lists them. */
public final class PostgresSessions {
  private static final String COUNT =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = ANY (?)
      """;

  /** In a transaction the list would else stay as it was first seen. */
  private static final String LOOK_ANEW = "SELECT pg_stat_clear_snapshot()";

  private static final String END =
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user
        AND pid <> pg_backend_pid() AND application_name = ANY (?)
      """;

  private static final long LOOK_AGAIN_MILLIS = 10;

  private PostgresSessions() {}

  /**
   * Ends this role's other sessions for these purposes, and waits until none is left: what they had
   * not committed is undone then, and what they were committing is committed.
   *
   * @return whether none was left within the given time
   */
  public static boolean end(Connection connection, List<String> purposes, Duration patience)
      throws SQLException {
    String[] names = names(purposes);
    long begin = System.nanoTime();
    try (PreparedStatement end = connection.prepareStatement(END);
        PreparedStatement anew = connection.prepareStatement(LOOK_ANEW)) {
      end.setArray(1, connection.createArrayOf("text", names));
      while (true) {
        anew.execute();
        try (ResultSet row = end.executeQuery()) {
          row.next();
          if (row.getLong(1) == 0) {
            return true;
          }
        }
        if (System.nanoTime() - begin > patience.toNanos()) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String[] names(List<String> purposes) {
    return purposes.stream().map(purpose -> "veer: " + purpose).toArray(String[]::new);
  }

  /** Whether any session is open that names itself as being there for one of these purposes. */
  public static boolean anyFor(Connection connection, List<String> purposes) throws SQLException {
    String[] names = names(purposes);
    try (PreparedStatement query = connection.prepareStatement(COUNT)) {
      query.setArray(1, connection.createArrayOf("text", names));
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }
}
