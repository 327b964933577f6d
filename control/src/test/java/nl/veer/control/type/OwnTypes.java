package nl.veer.control.type;

import static nl.veer.control.type.TypeRow.type;

import java.util.List;

/** Types that users make, of every kind and inside each other, and with names that need quotes. */
final class OwnTypes {
  static final String SCHEMA = "\"Other \"\"schema\"\" \u20ac\"";
  private static final String QUOTED = "\"a \"\"type\"\"; \u20ac\"";
  private static final String BYTES_63 = "\"" + "\u20ac".repeat(21) + "\"";
  private static final String PAIR_WITH_QUOTES = "(2147483647,\"x\"\"y\\\\z\")";
  private static final String NESTED =
      "(\"(1,\"\"a,b\"\")\",\"{\"\"(1,x)\"\",NULL}\",ab,\"q \"\"Q\"\"\",\"[1.10,2)\",sad,"
          + "\"\\\\x00ff\",\"2024-01-01 00:00:00+00\",\"{[1,2),[5,7)}\")";

  /** What the rows need, in an order that works. */
  static final List<String> DDL =
      List.of(
          "CREATE SCHEMA " + SCHEMA,
          "CREATE TYPE mood AS ENUM ('sad', '', 'it''s \"ok\", {so}', '\u00dcn\u00ef \uD83D\uDEF3')",
          "CREATE TYPE public.int4 AS ENUM ('one', 'two')",
          "CREATE DOMAIN public.timestamp AS pg_catalog.text",
          "CREATE TYPE " + SCHEMA + ".\"Select\" AS ENUM ('FROM', 'from')",
          "CREATE TYPE " + SCHEMA + "." + QUOTED + " AS (\"a b\" pg_catalog.int4, \"q\"\"\" text)",
          "CREATE DOMAIN " + SCHEMA + "." + BYTES_63 + " AS varchar(3)",
          "CREATE DOMAIN d_bool AS bool",
          "CREATE DOMAIN d_int AS pg_catalog.int4 CHECK (value <> 7)",
          "CREATE DOMAIN d_numeric AS numeric(6,2) NOT NULL",
          "CREATE DOMAIN d_float AS float8",
          "CREATE DOMAIN d_short AS varchar(5) CHECK (value <> 'never')",
          "CREATE DOMAIN d_shorter AS d_short CHECK (length(value) < 4)",
          "CREATE DOMAIN d_char AS char(4)",
          "CREATE DOMAIN d_bytea AS bytea",
          "CREATE DOMAIN d_date AS date",
          "CREATE DOMAIN d_time AS time",
          "CREATE DOMAIN d_timestamp AS pg_catalog.timestamp(3)",
          "CREATE DOMAIN d_timestamptz AS timestamptz",
          "CREATE DOMAIN d_interval AS interval",
          "CREATE DOMAIN d_uuid AS uuid",
          "CREATE DOMAIN d_json AS json",
          "CREATE DOMAIN d_jsonb AS jsonb",
          "CREATE DOMAIN d_inet AS inet",
          "CREATE DOMAIN d_bits AS bit(3)",
          "CREATE DOMAIN d_range AS int4range",
          "CREATE DOMAIN d_array AS pg_catalog.int4[] CHECK (cardinality(value) < 9)",
          "CREATE TYPE one AS (a text)",
          "CREATE TYPE pair AS (a pg_catalog.int4, b text)",
          "CREATE DOMAIN d_pair AS pair CHECK ((value).a IS DISTINCT FROM 7)",
          "CREATE DOMAIN d_pairs AS pair[]",
          "CREATE TYPE nested AS (p pair, ps pair[], d d_shorter, \"Q \"\"q\"\" (x)\" text,"
              + " r numrange, e mood, b bytea, ts timestamptz, m int4multirange)",
          "CREATE TYPE textrange AS RANGE (subtype = text, collation = \"C\")",
          "CREATE TYPE moods AS RANGE (subtype = mood)",
          "CREATE TYPE pairs AS RANGE (subtype = pair)");

  static final List<TypeRow> ROWS =
      List.of(
          type("mood").with("sad", "", "it's \"ok\", {so}", "\u00dcn\u00ef \uD83D\uDEF3"),
          type("public.int4").with("one", "two"),
          type("public.timestamp").with("no time"),
          type(SCHEMA + ".\"Select\"").with("FROM", "from"),
          type(SCHEMA + "." + QUOTED).with("(1,\" x \")"),
          type(SCHEMA + "." + BYTES_63).with("abc", "\uD83D\uDEF3".repeat(3)),
          type("d_bool").with("true"),
          type("d_int").with("-2147483648", "8"),
          type("d_numeric").withoutNull().with("NaN", "-9999.99", "0.10"),
          type("d_float").with("-0", "NaN", "5e-324"),
          type("d_short").with("abc", ""),
          type("d_shorter").with("abc", ""),
          type("d_char").with("ab", ""),
          type("d_bytea").with("\\x00ff", "\\x").large("decode(repeat('00ff', 5000), 'hex')"),
          type("d_date").with("infinity", "0044-03-15 BC"),
          type("d_time").with("24:00:00"),
          type("d_timestamp").with("294276-12-31 23:59:59.999", "-infinity"),
          type("d_timestamptz").with("294276-12-31 23:59:59.999999+00"),
          type("d_interval").with("-1 mons +1 day -00:00:00.000001"),
          type("d_uuid").with("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
          type("d_json").noKey().with("{\"b\": 1,  \"a\":1, \"a\":2}"),
          type("d_jsonb").with("{\"a\": 1.10}"),
          type("d_inet").with("10.1.2.3/8"),
          type("d_bits").with("101"),
          type("d_range").with("[1,10)", "empty"),
          type("d_array").with("{1,NULL}", "[0:1]={1,2}", "{}"),
          type("one").with("()", "(\"\")", "(a)"),
          type("pair").with("(1,\"a,b\")", "(,)", "(,\"\")", PAIR_WITH_QUOTES),
          type("d_pair").with("(1,\"a,b\")", "(,)", PAIR_WITH_QUOTES),
          type("d_pairs").with("{\"(1,\\\"a,b\\\")\",NULL}", "{}"),
          type("nested")
              .with("(,,,,,,,,)", NESTED)
              .large(
                  "ROW(ROW(1, repeat(md5('1'), 300))::pair, NULL, NULL, NULL, NULL, NULL, NULL,"
                      + " NULL, NULL)::nested"),
          type("textrange")
              .with("[a,\"b \"\"q\"\", (x]\\\\\"]", "(,\"\")", "[\"\",a)", "empty")
              .large("textrange(NULL, repeat(md5('b'), 300))"),
          type("textmultirange").with("{}", "{[\"\",a),[b,c]}"),
          type("moods").with("[sad,\"\"]"),
          type("moods_multirange").with("{[sad,\"\"]}"),
          type("pairs").with("[\"(1,a)\",\"(2,b)\")"));

  private OwnTypes() {}
}
