package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Which PostgreSQL this is. Positions of two servers with the same system identifier and timeline
 * are places in one and the same WAL; positions of any others must not be compared.
 *
 * @param systemIdentifier given by initdb, kept by standbys and restored backups
 * @param timeline raised by every promotion and point-in-time recovery
 */
public record PostgresIdentity(String systemIdentifier, long timeline, String database) {
  private static final String PRIMARY =
      """
      SELECT (SELECT system_identifier FROM pg_control_system())::text,
             pg_walfile_name(pg_current_wal_lsn()), current_database()
      """;

  private static final int TIMELINE_DIGITS = 8;
  private static final int HEXADECIMAL = 16;

  /**
   * Reads it from a primary.
   *
   * @throws SQLException also if the server is a standby, which has no current WAL of its own
   */
  public static PostgresIdentity read(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(PRIMARY);
        ResultSet row = query.executeQuery()) {
      row.next();
      String walFile = row.getString(2);
      return new PostgresIdentity(
          row.getString(1),
          Long.parseLong(walFile.substring(0, TIMELINE_DIGITS), HEXADECIMAL),
          row.getString(3));
    }
  }

  public static boolean isStandby(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT pg_is_in_recovery()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The encoding in which the database keeps text, for example {@code UTF8}. */
  public static String encoding(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SHOW server_encoding");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  /** For the log's origin: {@code 7301234567890123456:1:shop}. */
  public String text() {
    return systemIdentifier + ":" + timeline + ":" + database;
  }
}
