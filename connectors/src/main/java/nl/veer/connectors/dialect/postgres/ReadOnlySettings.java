package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this database says of {@code default_transaction_read_only}: for everyone, or for single
 * roles, whose word counts more. Stateless.
 */
final class ReadOnlySettings {
  /** In place of a role: the database's own. */
  static final String EVERYONE = "";

  private static final String SETTINGS =
      """
      SELECT coalesce(r.rolname, ''), split_part(c.setting, '=', 2)
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
           LEFT JOIN pg_roles r ON r.oid = s.setrole
           CROSS JOIN unnest(s.setconfig) c(setting)
      WHERE d.datname = current_database() AND (s.setrole = 0 OR r.rolname = ANY (?))
        AND split_part(c.setting, '=', 1) = 'default_transaction_read_only'
      """;

  /** Roles that are writable by a setting of their own, here or in every database. */
  private static final String WRITABLE =
      """
      SELECT r.rolname, bool_or(s.setdatabase <> 0)
      FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
           CROSS JOIN unnest(s.setconfig) c(setting)
      WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        AND NOT r.rolname = ANY (?) AND r.rolcanlogin
        AND split_part(c.setting, '=', 1) = 'default_transaction_read_only'
        AND NOT split_part(c.setting, '=', 2)::boolean
      GROUP BY r.rolname ORDER BY r.rolname
      """;

  private ReadOnlySettings() {}

  /** Those that are there, of the database and of these roles in it. */
  static Map<String, String> read(Connection side, Collection<String> roles) throws SQLException {
    Map<String, String> settings = new TreeMap<>();
    try (PreparedStatement query = side.prepareStatement(SETTINGS)) {
      query.setArray(1, side.createArrayOf("text", roles.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          settings.put(row.getString(1), row.getString(2));
        }
      }
    }
    return settings;
  }

  /** Other roles whose new sessions may write whatever the database says; true if only here. */
  static Map<String, Boolean> writable(Connection side, Collection<String> exempt)
      throws SQLException {
    Map<String, Boolean> writable = new TreeMap<>();
    try (PreparedStatement query = side.prepareStatement(WRITABLE)) {
      query.setArray(1, side.createArrayOf("text", exempt.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          writable.put(row.getString(1), row.getBoolean(2));
        }
      }
    }
    return writable;
  }

  /** Sets, or resets where there shall be none. */
  static void set(Connection side, String database, String role, @Nullable String value)
      throws SQLException {
    String whose =
        role.equals(EVERYONE)
            ? "ALTER DATABASE " + PostgresNames.quoted(database)
            : "ALTER ROLE %s IN DATABASE %s"
                .formatted(PostgresNames.quoted(role), PostgresNames.quoted(database));
    String what =
        value == null
            ? " RESET default_transaction_read_only"
            : " SET default_transaction_read_only = " + PostgresNames.literal(value);
    try (Statement statement = side.createStatement()) {
      statement.execute(whose + what);
    }
  }
}
