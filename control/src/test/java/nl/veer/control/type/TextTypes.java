package nl.veer.control.type;

import static nl.veer.control.type.TypeRow.type;

import java.util.List;

/** Characters, bytes and documents. */
final class TextTypes {
  private static final String ALL_CHARACTERS =
      "\u0001\b\t\n\u000b\f\r\u001f !\"#$%&'()\\{}|~\u007f";
  private static final String SAME_WHEN_COMPOSED = "\u00e9";
  private static final String DECOMPOSED = "e\u0301";
  private static final String BYTES_63 = "\u20ac".repeat(21);
  private static final String LARGE =
      "(SELECT string_agg(md5(i::text), ',') FROM" + " generate_series(1, 300) i)";

  static final List<TypeRow> ROWS =
      List.of(
          type("text")
              .with("", " ", "  trailing  ", "NULL", "null", "\\N", "\\.", "{}", "\"", "''")
              .with(
                  ALL_CHARACTERS,
                  SAME_WHEN_COMPOSED,
                  DECOMPOSED,
                  "\uD83D\uDEF3",
                  "\ufeff",
                  "\ufffd")
              .with("\u202eright to left", "__debezium_unavailable_value")
              .large(LARGE),
          type("varchar(5)").with("", "abc  ", "\uD83D\uDEF3".repeat(5)),
          type("varchar").with("", "a").large(LARGE + "::varchar"),
          type("char(5)").with("", "ab", "\uD83D\uDEF3".repeat(5)).reads("a    ", "a"),
          type("bpchar").with("ab", "c").large(LARGE + "::bpchar"),
          type("\"char\"").with("a", "", "\\377", "\\200", "'", "\\"),
          type("name").with("", "nom", BYTES_63),
          type("bytea")
              .with("\\x", "\\x00", "\\x5c78", "\\x" + allBytes())
              .reads("a\\\\b", "\\x615c62")
              .large("convert_to(" + LARGE + ", 'UTF8')"),
          type("json")
              .noKey()
              .with("null", "{\"b\": 1,  \"a\":1, \"a\":2}", " [1 ,\n\t2] ", "\"\\u00e9\"", "1.0")
              .with("\"\u00e9\"", "1E+2")
              .large("json_build_object('k', " + LARGE + ")"),
          type("jsonb")
              .with("null", "[]", "{}", "\"\u00e9\uD83D\uDEF3\"", "1.10", "{\"\": [null, \"\"]}")
              .reads("{\"b\": 1e3, \"a\":1, \"a\":2.0}", "{\"a\": 2.0, \"b\": 1000}")
              .reads("\"\\u20ac\\n\"", "\"\u20ac\\n\"")
              .large("jsonb_build_object('k', " + LARGE + ")"),
          type("jsonpath")
              .noKey()
              .with("$.\"a\"[*]?(@ > 1)", "strict $.\"k\".type()")
              .reads("$ ? (@ like_regex \"^a\" flag \"i\")", "$?(@ like_regex \"^a\" flag \"i\")")
              .large("('$.\"' || " + LARGE + " || '\"')::jsonpath"),
          type("tsvector")
              .with("", "'a':1A 'b':2", "'it''s':1A 'x y':3B,16383")
              .large("to_tsvector('simple', " + LARGE + ")"),
          type("tsquery").with("", "'a':*AB <-> 'b' <3> 'c'", "( 'a' | 'b' ) & !( 'c' & 'd' )"),
          type("uuid")
              .with("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")
              .reads(
                  "{A0EEBC99-9C0B4EF8-BB6D6BB9-BD380A11}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));

  private TextTypes() {}

  private static String allBytes() {
    StringBuilder hex = new StringBuilder();
    for (int b = 0; b < 256; b++) {
      hex.append(String.format("%02x", b));
    }
    return hex.toString();
  }
}
