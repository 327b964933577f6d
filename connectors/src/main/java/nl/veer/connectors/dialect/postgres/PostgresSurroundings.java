package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What applications find around the tables of a database: server, locale, extensions, and settings.
 *
 * @param version as {@code server_version_num}
 * @param locale by which text is sorted unless a column says otherwise: provider and name
 * @param ctype by which letters are told apart
 * @param extensions versions by name
 * @param settings what sessions begin with, as far as applications mind
 */
public record PostgresSurroundings(
    int version,
    String encoding,
    String locale,
    String ctype,
    int maxConnections,
    Map<String, String> extensions,
    Map<String, String> settings) {

  /** Columns that came with 15 and 17 by way of jsonb. */
  private static final String DATABASE =
      """
      SELECT current_setting('server_version_num')::int, pg_encoding_to_char(d.encoding),
             CASE coalesce(to_jsonb(d) ->> 'datlocprovider', 'c')
               WHEN 'c' THEN 'libc ' || d.datcollate
               WHEN 'i' THEN 'icu ' || coalesce(to_jsonb(d) ->> 'datlocale',
                                                to_jsonb(d) ->> 'daticulocale', '')
               ELSE 'builtin ' || coalesce(to_jsonb(d) ->> 'datlocale', '') END,
             d.datctype, current_setting('max_connections')::int
      FROM pg_database d WHERE d.datname = current_database()
      """;

  private static final String EXTENSIONS = "SELECT extname, extversion FROM pg_extension";

  /**
   * What a new session of this role begins with, as far as applications mind. Not those that the
   * driver sets itself at its login, as the time zone: of these only what is set for the database.
   */
  private static final String DEFAULTS =
      """
      SELECT name, reset_val FROM pg_settings
      WHERE lower(name) IN ('bytea_output', 'default_text_search_config',
        'default_transaction_isolation', 'default_transaction_read_only', 'intervalstyle',
        'lc_monetary', 'lc_numeric', 'lc_time', 'max_prepared_transactions', 'search_path',
        'standard_conforming_strings', 'transform_null_equals')
      """;

  private static final String SETTINGS =
      """
      SELECT DISTINCT ON (split_part(s.one, '=', 1)) split_part(s.one, '=', 1),
             substr(s.one, strpos(s.one, '=') + 1)
      FROM pg_db_role_setting r, unnest(r.setconfig) AS s(one)
      WHERE r.setrole = 0
        AND r.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
      ORDER BY split_part(s.one, '=', 1), r.setdatabase DESC
      """;

  public PostgresSurroundings {
    extensions = Map.copyOf(extensions);
    settings = Map.copyOf(settings);
  }

  /** The connection's. */
  public static PostgresSurroundings read(Connection connection) throws SQLException {
    Map<String, String> extensions = pairs(connection, EXTENSIONS);
    Map<String, String> settings = pairs(connection, DEFAULTS);
    settings.putAll(pairs(connection, SETTINGS));
    try (PreparedStatement query = connection.prepareStatement(DATABASE);
        ResultSet row = query.executeQuery()) {
      row.next();
      return new PostgresSurroundings(
          row.getInt(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getInt(5),
          extensions,
          settings);
    }
  }

  private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
    Map<String, String> pairs = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        pairs.put(row.getString(1), row.getString(2));
      }
    }
    return pairs;
  }
}
