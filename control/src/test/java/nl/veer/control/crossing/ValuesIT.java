package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import org.junit.jupiter.api.Test;

/** Every type, by load, insert, update and delete; the oracle compares what the databases print. */
class ValuesIT {
  private record Type(String name, String... literals) {}

  private static final List<Type> TYPES =
      List.of(
          new Type("bool", "true", "false"),
          new Type("int2", "-32768", "0", "32767"),
          new Type("int4", "-2147483648", "0", "2147483647"),
          new Type("int8", "-9223372036854775808", "0", "9223372036854775807"),
          new Type("oid", "0", "4294967295"),
          new Type("float4", "NaN", "-Infinity", "Infinity", "-0", "0.1", "1.1754944e-38", "1e-45"),
          new Type("float8", "NaN", "-Infinity", "Infinity", "-0", "0.1", "5e-324", "1e308"),
          new Type(
              "numeric",
              "NaN",
              "Infinity",
              "-Infinity",
              "0",
              "0.00",
              "1.10",
              "1e-16383",
              "1e131071"),
          new Type("numeric(10,3)", "NaN", "-9999999.999", "0.1"),
          new Type("numeric(3,-2)", "12300", "-99900"),
          new Type(
              "text", "", " ", "NULL", "\\N", "null", "{}", "\t\n\r", "é", "e\u0301", "🛳", "''"),
          new Type("varchar(5)", "", "abc  ", "🛳🛳🛳🛳🛳"),
          new Type("char(5)", "", "ab", "ab  c"),
          new Type("\"char\"", "a", "", "\\377"),
          new Type("name", "", "nom"),
          new Type("bytea", "", "\\x00", "\\x00ff5c27", "\\x5c78"),
          new Type("date", "-infinity", "infinity", "4713-01-01 BC", "5874897-12-31", "1582-10-10"),
          new Type("time", "00:00", "24:00", "23:59:59.999999"),
          new Type("time(0)", "12:34:56"),
          new Type("timetz", "00:00+14", "24:00-12", "12:00:00.000001+05:30"),
          new Type(
              "timestamp",
              "-infinity",
              "infinity",
              "4713-01-01 00:00:00 BC",
              "294246-12-31 23:59:59.999999",
              "1969-12-31 23:59:59.999999",
              "2024-03-31 02:30:00"),
          new Type("timestamp(3)", "2024-01-01 00:00:00.123"),
          new Type(
              "timestamptz",
              "-infinity",
              "infinity",
              "0001-01-01 00:00:00+00 BC",
              "294246-12-31 23:59:59.999999+00",
              "1900-01-01 00:00:00+00:19:32",
              "2024-10-27 02:30:00+02"),
          new Type(
              "interval",
              "0",
              "-1 mon +1 day -00:00:00.000001",
              "178000000 years",
              "1 mon 30 days"),
          new Type(
              "uuid",
              "00000000-0000-0000-0000-000000000000",
              "ffffffff-ffff-ffff-ffff-ffffffffffff"),
          new Type("json", "null", "{\"b\": 1,  \"a\":1, \"a\":2}", "\"\"", "1.0"),
          new Type("jsonb", "null", "{\"b\": 1.10, \"a\": 1e400}", "\"\\\\u20ac\"", "[]"),
          new Type("xml", "<a b=\"c\"/>", "", "text"),
          new Type("inet", "10.1.2.3", "10.1.2.3/8", "::ffff:1.2.3.4/96"),
          new Type("cidr", "10.0.0.0/8", "2001:db8::/32"),
          new Type("macaddr", "08:00:2b:01:02:03"),
          new Type("macaddr8", "08:00:2b:01:02:03:04:05"),
          new Type("bit(3)", "101", "000"),
          new Type("varbit", "", "1", "10101010101"),
          new Type("point", "(1.5,-0)", "(NaN,Infinity)"),
          new Type("box", "(1,1),(0,0)"),
          new Type("polygon", "((0,0),(1,1),(1,0))"),
          new Type("int4range", "empty", "[1,10)", "(,)"),
          new Type("numrange", "[1.10,)", "empty"),
          new Type("tstzrange", "[2024-01-01 00:00:00+00,infinity)"),
          new Type("int4multirange", "{}", "{[1,2),[5,7)}"),
          new Type("tsvector", "''a'':1A ''b'':2", ""),
          new Type("tsquery", "''a'' & !''b''"),
          new Type("pg_lsn", "16/B374D848"),
          new Type("mood", "sad", "it''s \"ok\", {so}"),
          new Type("pair", "(1,\"a,b\")", "(,)", "(,\"\")"),
          new Type("short", "abc", ""));

  private static final String[] OWN_TYPES = {
    "CREATE TYPE mood AS ENUM ('sad', 'it''s \"ok\", {so}')",
    "CREATE TYPE pair AS (a int, b text)",
    "CREATE DOMAIN short AS varchar(10) CHECK (value <> 'never')"
  };

  @Test
  void everyTypeAndItsArrayCrossUnchanged() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(OWN_TYPES)) {
      world.onBoth(tables());
      List<String> values = values();
      world.onSource(values.toArray(String[]::new));
      Crossing crossing = world.cross();

      world.onSource(values.toArray(String[]::new));
      for (int i = 0; i < TYPES.size(); i++) {
        world.inOneTransaction(
            "UPDATE t%d SET v = (SELECT v FROM t%d o WHERE o.id = t%d.id - 1), a = a WHERE id > 1"
                .formatted(i, i, i),
            "DELETE FROM t%d WHERE id = 2".formatted(i));
      }

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT sum(n) FROM (" + counts() + ") c"))
          .isEqualTo(String.valueOf(2 * values.size() - TYPES.size()));
    }
  }

  /** PostgreSQL's last 30 years do not fit into the log's microseconds. */
  @Test
  void aTimestampBeyondTheLogsRangeStopsTheCaptureAndNothingIsRounded() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, v timestamp)")) {
      Crossing crossing = world.cross();

      world.onSource("INSERT INTO t VALUES (1, '294276-12-31')", "INSERT INTO t VALUES (2, NULL)");

      Failure failure = crossing.awaitCaptureFailure();
      assertThat(failure.code()).isEqualTo("VALUE_UNREADABLE");
      assertThat(failure.getMessage()).contains("public.t.v").doesNotContain("294276");
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  private static String[] tables() {
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      String type = TYPES.get(i).name();
      tables.add(
          "CREATE TABLE t%d (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v %s, a %s[])"
              .formatted(i, type, type));
    }
    return tables.toArray(String[]::new);
  }

  private static List<String> values() {
    List<String> inserts = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      Type type = TYPES.get(i);
      String insert = "INSERT INTO t%d (v, a) ".formatted(i);
      inserts.add(insert + "VALUES (NULL, NULL)");
      inserts.add(insert + "VALUES (NULL, '{}')");
      for (String literal : type.literals()) {
        String value = "'" + literal + "'::" + type.name();
        inserts.add(insert + "SELECT %s, ARRAY[%s, NULL, %s]".formatted(value, value, value));
      }
    }
    return inserts;
  }

  private static String counts() {
    List<String> counts = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      counts.add("SELECT count(*) AS n FROM t" + i);
    }
    return String.join(" UNION ALL ", counts);
  }
}
