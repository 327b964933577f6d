package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Settings of Veer's sessions. Those that change how values read as text are the same on both
 * sides, whatever the database or the role says; time limits are off, for a load may take days. Row
 * security is off in the sense of PostgreSQL: where a policy would hide rows, the server refuses
 * instead. A server that no longer hears of this side ends the session within about a minute.
 */
final class PostgresSettings {
  private static final String EXACT_TEXT =
      """
      ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('extra_float_digits', '3'),
      ('timezone', 'UTC'), ('bytea_output', 'hex'), ('lc_monetary', 'C'), ('xmloption', 'content'),
      ('statement_timeout', '0'), ('lock_timeout', '0'), ('transaction_timeout', '0'),
      ('idle_in_transaction_session_timeout', '0'), ('idle_session_timeout', '0'),
      ('row_security', 'off'), ('array_nulls', 'on'),
      ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'),
      ('tcp_keepalives_count', '3')
      """;

  /**
   * A statement over many keys joins them with the table. Its generic plan knows nothing of their
   * number, and a fresh table has no statistics: so only the join that is right for any table,
   * index by key, is left to choose. Only here is unacknowledged data limited in time: a reading
   * session's data wait, unread, for as long as the other side is busy.
   */
  private static final String WRITE =
      """
      , ('tcp_user_timeout', '60000'),
      ('session_replication_role', 'replica'), ('default_transaction_read_only', 'off'),
      ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('enable_seqscan', 'off'),
      ('jit', 'off'), ('plan_cache_mode', 'force_generic_plan'),
      ('synchronous_commit', CASE current_setting('synchronous_commit')
                             WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END)
      """;

  private static final String BRIEF =
      """
      ('lock_timeout', '5s'), ('idle_in_transaction_session_timeout', '10s')
      """;

  private PostgresSettings() {}

  static void forSource(Connection connection) throws SQLException {
    set(connection, EXACT_TEXT);
  }

  /** Also switches auto-commit off, and server-side preparation on from the first use. */
  static void forTarget(Connection connection) throws SQLException {
    set(connection, EXACT_TEXT + WRITE);
    connection.unwrap(PGConnection.class).setPrepareThreshold(1);
    PostgresArray.prepare(connection);
    connection.setAutoCommit(false);
  }

  /** As {@link #forTarget}, for a session that nobody shall have to wait for. */
  static void forBriefTarget(Connection connection) throws SQLException {
    set(connection, EXACT_TEXT + WRITE);
    set(connection, BRIEF);
    PostgresArray.prepare(connection);
    connection.setAutoCommit(false);
  }

  /** Settings that this version of the server does not know are left out. */
  private static void set(Connection connection, String settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT set_config(v.name, v.value, false) FROM (VALUES "
              + settings
              + ") AS v(name, value) WHERE EXISTS"
              + " (SELECT FROM pg_settings s WHERE lower(s.name) = v.name)");
    }
  }
}
