package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A scan between servers that are not alike, or do not let it see everything. */
class ScanServersIT {
  private static final String ICU = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";
  private static final String LATIN1 = "TEMPLATE template0 ENCODING 'LATIN1'";

  private static final String[] WORDS = {
    "CREATE TABLE word (id text PRIMARY KEY, v int)",
    "INSERT INTO word SELECT w || i, i FROM generate_series(1, 12) i,"
        + " unnest(ARRAY['a', 'B', 'b', 'A', 'ä', 'z', 'Z', '_', '-', ' ', '1']) w"
  };

  @Test
  void textKeysUnderTwoCollationsAreComparedWithoutTheirOrder() throws SQLException {
    ScanWorld world = ScanWorld.create("", ICU).onBoth(WORDS);
    TableStatement equal = world.only();
    world.onTarget("DELETE FROM word WHERE id = 'B7'", "INSERT INTO word VALUES ('_0', 0)");

    TableStatement different = world.only();

    assertThat(equal.verdict()).isEqualTo(Verdict.equal());
    assertThat(equal.source().rows()).isEqualTo(132);
    assertThat(different.verdict()).isEqualTo(new Verdict.Different(2));
  }

  @Test
  void keysThatOnlyDifferInCaseAreTwoUnderACaselessCollation() throws SQLException {
    ScanWorld world = ScanWorld.create();
    String collation =
        "CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2',"
            + " deterministic = false)";
    world.onBoth(collation, "CREATE TABLE t (id text COLLATE caseless PRIMARY KEY)");
    world.onSource("INSERT INTO t VALUES ('key'), ('other')");
    world.onTarget("INSERT INTO t VALUES ('KEY'), ('other')");

    assertThat(world.only().verdict()).isEqualTo(new Verdict.Different(2));
  }

  @Test
  void databasesOfTwoEncodingsAreComparedByAHashThatBothHave() throws SQLException {
    ScanWorld world = ScanWorld.create(LATIN1, "").onBoth(WORDS);
    ScanStatement equal = world.scanned();
    world.onTarget("UPDATE word SET v = 0 WHERE id = 'ä5'");

    ScanStatement different = world.scanned();

    assertThat(equal.hash()).startsWith("sha256");
    assertThat(equal.verdict()).isEqualTo(Verdict.equal());
    assertThat(different.verdict()).isEqualTo(new Verdict.Different(1));
    assertThat(different.tables().get(0).differences().get(0).key().texts()).containsExactly("ä5");
  }

  @Test
  void anErrorInTheMiddleOfATableIsNoShortTable() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth(
        "CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad')",
        "CREATE TABLE t (id int PRIMARY KEY, v mood)",
        "INSERT INTO t SELECT i, CASE i WHEN 500 THEN 'ok' ELSE 'sad' END::mood"
            + " FROM generate_series(1, 1000) i",
        // From now on the server cannot say what row 500 holds.
        "DELETE FROM pg_enum WHERE enumlabel = 'ok'");

    TableStatement table = world.only();

    assertThat(ScanIT.reason(table.verdict())).isEqualTo(UnknownReason.ERROR);
    assertThat(table.verdict().toString()).contains("digesting public.t");
  }

  @Test
  void aPolicyThatHidesRowsIsAnErrorAndNoShortCount() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth(
        "CREATE TABLE t (id int PRIMARY KEY)",
        "INSERT INTO t SELECT generate_series(1, 20)",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY part ON t USING (id < 10)",
        "DO $$BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'blinkered') THEN"
            + " CREATE ROLE blinkered LOGIN PASSWORD 'x'; END IF; END$$",
        "GRANT SELECT ON t TO blinkered");
    Scan scan =
        new Scan(
            ScanConfig.standard(),
            world.endpoints("blinkered", "x"),
            RowHash.random(),
            new LookSettlement(ScanWorld.PAUSE),
            new MemoryRecords(),
            Clock.systemUTC());

    TableStatement table = scan.run(List.of()).tables().get(0);

    assertThat(ScanIT.reason(table.verdict())).isEqualTo(UnknownReason.ERROR);
    assertThat(table.source().rows()).isZero();
  }

  @Test
  void sessionsSettingsOfTheServersChangeNothing() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth(
        "CREATE TABLE t (id int PRIMARY KEY, a timestamptz, b float8, c bytea, d interval, e money)",
        "INSERT INTO t VALUES (1, '2024-07-01 12:00Z', 0.1::float8 + 0.2, '\\x0102',"
            + " '1 day 2 hours', 12.34)");
    try (java.sql.Connection connection = world.connectSource();
        java.sql.Statement statement = connection.createStatement()) {
      String database = connection.getCatalog();
      for (String setting :
          List.of(
              "timezone = 'Asia/Kathmandu'",
              "datestyle = 'German, DMY'",
              "extra_float_digits = -3",
              "bytea_output = 'escape'",
              "intervalstyle = 'iso_8601'",
              "search_path = 'nowhere'",
              "default_transaction_isolation = 'read committed'")) {
        statement.execute("ALTER DATABASE \"" + database + "\" SET " + setting);
      }
    }

    assertThat(world.only().verdict()).isEqualTo(Verdict.equal());
  }
}
