package nl.veer.control.locale;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Settings of databases, roles and the JVM that change how values read and what SQL means: none may
 * reach a value. The roles run in this JVM, which lives in Kathmandu here. Its language is as the
 * command sets it; {@link TurkishIT} has another.
 */
class SettingsIT {
  private static final String COLUMNS =
      "(id int PRIMARY KEY, \"TITLE\" text, ts timestamptz, tl timestamp, tz timetz, d date,"
          + " i interval, b bytea, f float8, g float4, p point[], n int[], t text[], j jsonb,"
          + " v tsvector, r tstzrange, k point)";

  /** As an application writes them, in a session with plain settings. */
  private static final String VALUES =
      """
      '\\\\ it''s \\'' Iıİi', '1900-01-01 00:00:00+00:19:32', '0044-03-15 12:00:00 BC',
      '00:00:00.000001-12:30', '0044-03-15 BC', '-1 year +2 mons -3 days 04:05:06.000007',
      '\\x00ff5c27', 0.1::float8 + 0.2::float8, 1.1754944e-38, '{"(0.30000000000000004,-0)"}', '{1,NULL,3}',
      '{"NULL",NULL,"\\\\"}', '{"i": 1e400, "I": "\\\\u0131"}', '''a'':1A ''b\\\\'':2',
      '[2024-03-31 02:30:00+05:45,infinity)', '(0.1,-0)'
      """;

  private final TimeZone zone = TimeZone.getDefault();

  @BeforeEach
  void moveToElsewhere() {
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
  }

  @AfterEach
  void comeBack() {
    TimeZone.setDefault(zone);
  }

  @Test
  void noSettingReachesAValue() throws Exception {
    String schema = "\"INFO\"";
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE SCHEMA " + schema,
            "CREATE TABLE " + schema + ".\"ITEMS\" " + COLUMNS,
            "CREATE TABLE " + schema + ".keyless (id int, ts timestamptz, f float8, i interval)",
            "ALTER TABLE " + schema + ".keyless REPLICA IDENTITY FULL")) {
      insert(world, 1, 30);
      disturb(world);
      Crossing crossing = world.cross();

      insert(world, 31, 100);
      plainly(
          world,
          "UPDATE \"INFO\".\"ITEMS\" SET ts = '2024-10-27 02:30:00+02', i = '-00:00:01'"
              + " WHERE id % 2 = 0",
          "DELETE FROM \"INFO\".\"ITEMS\" WHERE id % 3 = 0",
          "UPDATE \"INFO\".keyless SET id = -id WHERE id % 2 = 0",
          "DELETE FROM \"INFO\".keyless WHERE id % 3 = 0");

      crossing.awaitApplied();
      world.assertEqual();
      assertThat(world.targetText("SELECT count(*) FROM \"INFO\".\"ITEMS\"")).isEqualTo("67");
    }
  }

  private static void insert(CrossingWorld world, int from, int to) throws SQLException {
    String rows = " FROM generate_series(%d, %d) n".formatted(from, to);
    plainly(
        world,
        "INSERT INTO \"INFO\".\"ITEMS\" SELECT n, " + VALUES + rows,
        "INSERT INTO \"INFO\".keyless SELECT n, '1900-01-01 00:00:00+00:19:32', 0.1 + 0.2, '-1 mon'"
            + rows);
  }

  /** Whatever the database and the role say. */
  private static void plainly(CrossingWorld world, String... statements) throws SQLException {
    try (Connection connection = world.source();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SET standard_conforming_strings = on; SET array_nulls = on; SET xmloption = content;"
              + " SET datestyle = 'ISO, YMD'; SET intervalstyle = postgres; SET timezone = 'UTC'");
      CrossingWorld.execute(connection, statements);
    }
  }

  /** Otherwise on each side; the database's are partly hidden by the role's. */
  private static void disturb(CrossingWorld world) throws SQLException {
    String database = world.database();
    world.onSource(
        settings("DATABASE " + database, "Asia/Kathmandu", "SQL, DMY", "sql_standard", "escape"),
        settings(
            "ROLE postgres IN DATABASE " + database,
            "America/Caracas",
            "German",
            "iso_8601",
            "hex"));
    world.onTarget(
        settings(
            "DATABASE " + database, "Australia/Lord_Howe", "Postgres, MDY", "iso_8601", "escape"),
        settings(
            "ROLE postgres IN DATABASE " + database,
            "Europe/Amsterdam",
            "SQL, MDY",
            "postgres_verbose",
            "escape"));
  }

  private static String settings(
      String of, String zone, String dates, String intervals, String bytes) {
    StringBuilder all = new StringBuilder();
    for (String setting :
        new String[] {
          "timezone = '" + zone + "'",
          "datestyle = '" + dates + "'",
          "intervalstyle = '" + intervals + "'",
          "bytea_output = '" + bytes + "'",
          "extra_float_digits = -15",
          "standard_conforming_strings = off",
          "escape_string_warning = off",
          "backslash_quote = off",
          "array_nulls = off",
          "xmloption = document",
          "search_path = nowhere",
          "row_security = off",
          "transform_null_equals = on",
          "quote_all_identifiers = on",
          "default_transaction_isolation = 'serializable'",
          "default_transaction_deferrable = on",
          "default_text_search_config = 'pg_catalog.turkish'",
          "client_encoding = 'LATIN1'",
          "synchronous_commit = off",
          "statement_timeout = '20s'",
          "lock_timeout = '10s'"
        }) {
      all.append("ALTER ").append(of).append(" SET ").append(setting).append("; ");
    }
    return all.toString();
  }
}
