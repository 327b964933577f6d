package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Names that one session of a server holds at a time: advisory locks, so that nothing is made in
 * the database, and the server alone judges, by its own clock. It gives them free when the
 * session's process ends, and {@link #SILENCE} after it has last heard of the session, whether its
 * host is gone, the network is cut or the process stands still. So whoever holds them must {@link
 * #renew} more often than that.
 *
 * <p>A lease keeps processes out of each other's way. It is no fence: who has lost one learns that
 * late. Owned by one thread.
 */
public final class PostgresLease implements AutoCloseable {
  /** A server from version 14 on ends a session that says nothing for so long. */
  public static final Duration SILENCE = Duration.ofSeconds(5);

  /** Older servers notice by these that a host is gone, but not that a process stands still. */
  private static final String SETTINGS =
      """
      SELECT set_config(v.name, v.value, false) FROM (VALUES
        ('idle_session_timeout', '%d'), ('tcp_keepalives_idle', '2'),
        ('tcp_keepalives_interval', '1'), ('tcp_keepalives_count', '3')) AS v(name, value)
      WHERE EXISTS (SELECT FROM pg_settings s WHERE s.name = v.name)
      """
          .formatted(SILENCE.toMillis());

  private static final String KEY = "hashtextextended(?, 0)";

  /** The sessions with a lock of one of these names, in whatever mode. */
  private static final String HOLDERS =
      """
      SELECT l.pid, coalesce(extract(epoch FROM a.backend_start)::text, ''),
             coalesce(host(a.client_addr), '')
      FROM (SELECT hashtextextended(name, 0) AS key FROM unnest(?::text[]) AS n(name)) AS k
      JOIN pg_locks l ON l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
        AND l.classid = ((k.key >> 32) & 4294967295)::oid AND l.objid = (k.key & 4294967295)::oid
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      GROUP BY 1, 2, 3 ORDER BY 1
      """;

  private final Connection connection;
  private final List<String> names;
  private final LeaseHolder self;
  private boolean waiting;

  private PostgresLease(Connection connection, List<String> names, LeaseHolder self) {
    this.connection = connection;
    this.names = names;
    this.self = self;
  }

  /**
   * Holds nothing yet.
   *
   * @param connection is the lease's from now on; nothing is waited for longer than it says itself
   * @param names the same for whoever wants the same
   */
  public static PostgresLease open(Connection connection, Collection<String> names)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
      try (ResultSet row =
          statement.executeQuery(
              "SELECT pid, extract(epoch FROM backend_start)::text,"
                  + " coalesce(host(client_addr), '')"
                  + " FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
        row.next();
        return new PostgresLease(connection, names.stream().sorted().toList(), holder(row));
      }
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** This session. */
  public LeaseHolder self() {
    return self;
  }

  /** Whoever holds one of the names, be it this session. */
  public Optional<LeaseHolder> holder() throws SQLException {
    return holders(connection, names).stream().findFirst();
  }

  /** Takes all names, or none if another session holds one of them. */
  public boolean take() throws SQLException {
    for (int next = 0; next < names.size(); next++) {
      if (!ask("SELECT pg_try_advisory_lock(" + KEY + ")", names.get(next))) {
        for (String taken : names.subList(0, next)) {
          ask("SELECT pg_advisory_unlock(" + KEY + ")", taken);
        }
        return false;
      }
    }
    if (waiting) {
      for (String name : names) {
        ask("SELECT pg_advisory_unlock_shared(" + KEY + ")", waiting(name));
      }
      waiting = false;
    }
    return true;
  }

  /** Lets others see that this session waits for the names. May be repeated. */
  public void await() throws SQLException {
    if (!waiting) {
      for (String name : names) {
        ask("SELECT pg_try_advisory_lock_shared(" + KEY + ")", waiting(name));
      }
      waiting = true;
    }
  }

  /** Says that this session is there. */
  public void renew() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /** Ends another session of this role, if it is still there: one that was lost on the way. */
  public void end(LeaseHolder other) throws SQLException {
    try (PreparedStatement end =
        connection.prepareStatement(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE pid = ? AND extract(epoch FROM backend_start)::text = ?")) {
      end.setInt(1, other.pid());
      end.setString(2, other.started());
      end.execute();
    }
  }

  /** Those that wait for a name now. */
  public static List<LeaseHolder> waitingFor(Connection connection, String name)
      throws SQLException {
    return holders(connection, List.of(waiting(name)));
  }

  /** Whether anybody holds one of these names, or waits for it. */
  public static boolean isWanted(Connection connection, Collection<String> names)
      throws SQLException {
    List<String> all =
        names.stream().flatMap(name -> List.of(name, waiting(name)).stream()).toList();
    return !holders(connection, all).isEmpty();
  }

  private static List<LeaseHolder> holders(Connection connection, Collection<String> names)
      throws SQLException {
    List<LeaseHolder> holders = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(HOLDERS)) {
      query.setArray(1, connection.createArrayOf("text", names.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          holders.add(holder(row));
        }
      }
    }
    return holders;
  }

  private static LeaseHolder holder(ResultSet row) throws SQLException {
    return new LeaseHolder(row.getInt(1), row.getString(2), row.getString(3));
  }

  private static String waiting(String name) {
    return name + " stand-by";
  }

  private boolean ask(String question, String name) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(question)) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Gives the names free. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
