package nl.veer.verifier.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EpochMicros;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalValuesTest {

  @Test
  void whatDiffersHasDifferentBytes() {
    List<byte[]> all =
        List.of(
            event(ColumnEncoding.TEXT, null),
            event(ColumnEncoding.TEXT, RowImage.ABSENT),
            event(ColumnEncoding.TEXT, ""),
            event(ColumnEncoding.TEXT, " "),
            event(ColumnEncoding.TEXT, "a"),
            event(ColumnEncoding.TEXT, "a "),
            event(ColumnEncoding.BYTES, new byte[0]),
            event(ColumnEncoding.BYTES, "a".getBytes(StandardCharsets.UTF_8)),
            event(ColumnEncoding.DATABASE_TEXT, "1.0"),
            event(ColumnEncoding.DATABASE_TEXT, "1.00"),
            event(ColumnEncoding.DATABASE_TEXT, "{1,2}"),
            event(ColumnEncoding.DATABASE_TEXT, "{2,1}"),
            event(ColumnEncoding.DATABASE_TEXT, "{NULL}"),
            event(ColumnEncoding.DATABASE_TEXT, "{\"NULL\"}"),
            event(ColumnEncoding.FLOAT64, 0.0),
            event(ColumnEncoding.FLOAT64, -0.0),
            event(ColumnEncoding.FLOAT64, Double.NaN),
            event(ColumnEncoding.FLOAT64, 1.0),
            event(ColumnEncoding.FLOAT64, Math.nextUp(1.0)),
            event(ColumnEncoding.FLOAT32, 0.0f),
            event(ColumnEncoding.FLOAT32, -0.0f),
            event(ColumnEncoding.INT64, 0L),
            event(ColumnEncoding.INT64, 1L),
            event(ColumnEncoding.BOOLEAN, true),
            event(ColumnEncoding.BOOLEAN, false),
            event(ColumnEncoding.EPOCH_DAYS, 1),
            event(ColumnEncoding.EPOCH_DAYS, Integer.MAX_VALUE),
            event(ColumnEncoding.EPOCH_DAYS, Integer.MIN_VALUE),
            event(ColumnEncoding.MICROS_OF_DAY, 1L),
            event(ColumnEncoding.EPOCH_MICROS, 1L),
            event(ColumnEncoding.EPOCH_MICROS, EpochMicros.INFINITY),
            event(ColumnEncoding.EPOCH_MICROS, EpochMicros.NEGATIVE_INFINITY),
            event(ColumnEncoding.ZONED_TIMESTAMP, "1970-01-01T00:00:00.000001Z"),
            event(ColumnEncoding.ZONED_TIMESTAMP, "infinity"));
    assertThat(all.stream().map(HexFormat.of()::formatHex)).doesNotHaveDuplicates();
  }

  @Test
  void theBorderBetweenTwoColumnsIsPartOfTheRow() {
    assertThat(texts("a|b", "c")).isNotEqualTo(texts("a", "b|c"));
    assertThat(texts("a", "", "b")).isNotEqualTo(texts("a", "b", ""));
    assertThat(texts("a", null)).isNotEqualTo(texts("a", ""));
    assertThat(texts("a")).isNotEqualTo(texts("a", null));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void differentRowsNeverShareTheirBytes(long seed) {
    Random random = new Random(seed);
    Map<String, List<?>> seen = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      List<@Nullable String> row = new ArrayList<>();
      for (int columns = random.nextInt(4); columns >= 0; columns--) {
        row.add(random.nextInt(6) == 0 ? null : shortText(random));
      }
      String bytes = HexFormat.of().formatHex(texts(row.toArray(String[]::new)));
      List<?> other = seen.putIfAbsent(bytes, row);
      assertThat(other == null || other.equals(row)).as("seed %d, row %d", seed, i).isTrue();
    }
  }

  /** Of all kinds and lengths around the bound, written over what was there before. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shortFormsAreTheSameWhereTheBytesAre(long seed) {
    Random random = new Random(seed);
    CanonicalBytes bytes = new CanonicalBytes();
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      bytes.clear();
      writeAny(random, bytes);
      long[] form = {7, 7, 7, 7};
      boolean copied = bytes.copyShort(form, 1);
      assertThat(copied).as("%d bytes", bytes.size()).isEqualTo(bytes.size() <= 19);
      if (copied) {
        String value = HexFormat.of().formatHex(bytes.copy());
        assertThat(seen.merge(form[1] + " " + form[2], value, (before, now) -> before))
            .isEqualTo(value);
        assertThat(seen.merge(value, form[1] + " " + form[2], (before, now) -> before))
            .isEqualTo(form[1] + " " + form[2]);
      }
      assertThat(form[0] + form[3]).isEqualTo(14);
    }
  }

  private static void writeAny(Random random, CanonicalBytes out) {
    long small = random.nextInt(5) - 2;
    switch (random.nextInt(10)) {
      case 0 -> out.nothing();
      case 1 -> out.absent();
      case 2 -> out.bool(random.nextBoolean());
      case 3 -> out.integer(random.nextBoolean() ? small : random.nextLong());
      case 4 -> out.float32(small);
      case 5 -> out.float64(small);
      case 6 -> out.date(Extent.values()[random.nextInt(Extent.values().length)], small);
      case 7 -> out.zoned(Extent.FINITE, small, random.nextInt(3));
      case 8 -> out.text("a\0".repeat(9).substring(random.nextInt(18)));
      default -> {
        byte[] value = new byte[random.nextInt(18)];
        if (random.nextBoolean()) {
          random.nextBytes(value);
        }
        out.bytes(value);
      }
    }
  }

  private static String shortText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(4); length > 0; length--) {
      text.append("\0\1\6a|,'é".charAt(random.nextInt(8)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boolean|BOOLEAN|t|true",
        "smallint|INT32|-32768|-32768",
        "integer|INT32|2147483647|2147483647",
        "bigint|INT64|-9223372036854775808|-9223372036854775808",
        "oid|INT64|4294967295|4294967295",
        "real|FLOAT32|3.4028235e+38|3.4028235E38",
        "real|FLOAT32|1e-45|1.4E-45",
        "real|FLOAT32|NaN|NaN",
        "real|FLOAT32|-0|-0.0",
        "double precision|FLOAT64|5e-324|4.9E-324",
        "double precision|FLOAT64|1.7976931348623157e+308|1.7976931348623157E308",
        "double precision|FLOAT64|Infinity|Infinity",
        "double precision|FLOAT64|-Infinity|-Infinity",
        "double precision|FLOAT64|NaN|NaN",
        "double precision|FLOAT64|-0|-0.0",
        "date|EPOCH_DAYS|1970-01-01|0",
        "date|EPOCH_DAYS|2000-02-29|11016",
        "date|EPOCH_DAYS|4714-11-24 BC|-2440588",
        "date|EPOCH_DAYS|0001-01-01|-719162",
        "date|EPOCH_DAYS|0001-12-31 BC|-719163",
        "date|EPOCH_DAYS|5874897-12-31|2145042905",
        "date|EPOCH_DAYS|infinity|2147483647",
        "date|EPOCH_DAYS|-infinity|-2147483648",
        "time without time zone|MICROS_OF_DAY|00:00:00|0",
        "time(3) without time zone|MICROS_OF_DAY|23:59:59.5|86399500000",
        "time without time zone|MICROS_OF_DAY|24:00:00|86400000000",
        "timestamp without time zone|EPOCH_MICROS|1970-01-01 00:00:00.000001|1",
        "timestamp(6) without time zone|EPOCH_MICROS|1969-12-31 23:59:59.999999|-1",
        "timestamp without time zone|EPOCH_MICROS|infinity|9223372036825200000",
        "timestamp without time zone|EPOCH_MICROS|-infinity|-9223372036832400000",
        "timestamp without time zone|EPOCH_MICROS|4714-11-24 00:00:00 BC|-210866803200000000",
        "timestamp with time zone|ZONED_TIMESTAMP|2024-03-31 01:30:00.25+00|2024-03-31T01:30:00.25Z",
        "timestamp with time zone|ZONED_TIMESTAMP|2024-03-31 03:30:00+02|2024-03-31T01:30:00Z",
        "timestamp with time zone|ZONED_TIMESTAMP|2024-03-31 07:00:00+05:30|2024-03-31T01:30Z",
        "timestamp with time zone|ZONED_TIMESTAMP|0044-03-15 12:00:00+00 BC|-0043-03-15T12:00:00Z",
        "timestamp with time zone|ZONED_TIMESTAMP|294276-12-31 23:59:59.999999+00|+294276-12-31T23:59:59.999999Z",
        "timestamp with time zone|ZONED_TIMESTAMP|infinity|infinity",
        "timestamp with time zone|ZONED_TIMESTAMP|-infinity|-infinity",
        "text|TEXT|a 'b|a 'b",
        "character varying(20)|TEXT|x|x",
        "jsonb|TEXT|{\"a\": 1}|{\"a\": 1}",
        "uuid|TEXT|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "numeric(12,2)|DATABASE_TEXT|1.00|1.00",
        "integer[]|DATABASE_TEXT|{1,NULL}|{1,NULL}",
        "shop.mood|DATABASE_TEXT|happy|happy",
        "interval|DATABASE_TEXT|1 day|1 day",
      })
  void anEventAndARowSayTheSame(String type, ColumnEncoding encoding, String text, String value) {
    assertThat(row(type, text)).isEqualTo(event(encoding, valueOf(encoding, value)));
  }

  @Test
  void bytesAreReadFromHexadecimal() {
    assertThat(row("bytea", "\\x00ff")).isEqualTo(event(ColumnEncoding.BYTES, new byte[] {0, -1}));
    assertThat(row("bytea", "\\x")).isEqualTo(event(ColumnEncoding.BYTES, new byte[0]));
    assertThat(row("bytea", null)).isEqualTo(event(ColumnEncoding.BYTES, null));
  }

  @Test
  void timestampsBeyondSixtyFourBitsOfMicrosecondsAreRead() {
    for (String text :
        List.of(
            "294247-01-10 04:00:54.775806",
            "294247-01-10 04:00:54.775807",
            "294247-01-10 04:00:54.775808",
            "294276-12-31 23:59:59.999999")) {
      TimeText time = TimeText.timestamp(text);
      assertThat(event(ColumnEncoding.EPOCH_MICROS, EpochMicros.of(time.seconds(), time.micros())))
          .as(text)
          .isEqualTo(row("timestamp without time zone", text));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void everyFloatIsReadBackFromItsShortestText(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      double wide = Double.longBitsToDouble(random.nextLong());
      float narrow = Float.intBitsToFloat(random.nextInt());
      assertThat(row("double precision", Double.toString(wide).replace('E', 'e')))
          .as("seed %d, number %d", seed, i)
          .isEqualTo(event(ColumnEncoding.FLOAT64, wide));
      assertThat(row("real", Float.toString(narrow).replace('E', 'e')))
          .as("seed %d, number %d", seed, i)
          .isEqualTo(event(ColumnEncoding.FLOAT32, narrow));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void everyDateIsTheOneThatJavaCounts(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      java.time.LocalDate date =
          java.time.LocalDate.ofEpochDay(random.nextLong(-2_440_588, 2_145_031_948L));
      String text =
          "%04d-%02d-%02d%s"
              .formatted(
                  date.getYear() < 1 ? 1 - date.getYear() : date.getYear(),
                  date.getMonthValue(),
                  date.getDayOfMonth(),
                  date.getYear() < 1 ? " BC" : "");
      assertThat(row("date", text))
          .as("seed %d: %s", seed, text)
          .isEqualTo(event(ColumnEncoding.EPOCH_DAYS, (int) date.toEpochDay()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boolean|true",
        "integer|1.0",
        "integer|' 1'",
        "bigint|9223372036854775808",
        "real|0x1p3",
        "real|1e39",
        "double precision|1d",
        "bytea|00ff",
        "date|2023-02-29",
        "date|0000-01-01",
        "date|2023-13-01",
        "date|2023-1-1",
        "date|''",
        "time|24:00:01",
        "time|1:00:00",
        "timestamp|2023-01-01T00:00:00",
        "timestamptz|2023-01-01 00:00:00",
        "timestamp|2023-01-01 00:00:00.0000001",
      })
  void whatIsNotUnderstoodIsNotGuessed(String type, String text) {
    assertThatThrownBy(() -> row(type, text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no");
  }

  @Test
  void halfASurrogatePairIsNoText() {
    assertThatThrownBy(() -> event(ColumnEncoding.TEXT, "a\uD800")).isInstanceOf(Failure.class);
    assertThat(event(ColumnEncoding.TEXT, "\uD83D\uDE00")).isNotEmpty();
  }

  /** Java writes a question mark for it, wherever it stands. */
  @Test
  void aQuestionMarkIsATextAndHalfASurrogatePairNever() {
    for (int before = 0; before < 20; before++) {
      String begin = "é".repeat(before / 2) + "a".repeat(before - before / 2);
      for (String end : List.of("", "b", "bbbbbbbbb")) {
        String mark = begin + "?" + end;
        assertThat(new String(event(ColumnEncoding.TEXT, mark), StandardCharsets.UTF_8))
            .endsWith(mark);
        for (String half : List.of("\uD800", "\uDFFF")) {
          assertThatThrownBy(() -> event(ColumnEncoding.TEXT, begin + half + end))
              .isInstanceOf(Failure.class);
        }
      }
    }
  }

  /** A date and time of the usual form is read in one go, one with an offset part by part. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theUsualFormOfADateAndTimeSaysWhatEveryOtherDoes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String text =
          "%04d-%02d-%02dT%02d:%02d:%02d%s"
              .formatted(
                  random.nextInt(10_000),
                  random.nextInt(14),
                  random.nextInt(33),
                  random.nextInt(26),
                  random.nextInt(62),
                  random.nextInt(62),
                  random.nextBoolean()
                      ? ""
                      : "."
                          + ("" + (1_000_000 + random.nextInt(1_000_000))).substring(1, 2 + i % 6));
      assertThat(zoned(text + "Z")).as(text).isEqualTo(zoned(text + "+00:00"));
    }
    for (String text :
        List.of(
            "2026-11-30T24:00:00",
            "2026-11-30T12:00:00.1234567",
            "2026-11-30T12:00:00.1234560",
            "2026-11-30T12:00:00.",
            "2026-11-30T12:00:00.12a",
            "2026-11-30T12:00:0a",
            "20a6-11-30T12:00:00",
            "2026-11-30 12:00:00",
            "-0001-11-30T12:00:00",
            "12026-11-30T12:00:00",
            "2026-11-30T12:00")) {
      assertThat(zoned(text + "Z")).as(text).isEqualTo(zoned(text + "+00:00"));
    }
  }

  private static String zoned(String text) {
    try {
      return HexFormat.of().formatHex(event(ColumnEncoding.ZONED_TIMESTAMP, text));
    } catch (Failure failure) {
      return failure.code();
    }
  }

  @Test
  void aRoundingMakesEqualWhatItIsDeclaredFor() {
    CanonicalBytes one = new CanonicalBytes();
    CanonicalBytes other = new CanonicalBytes();
    assertThat(EventValues.writeRounded(ColumnEncoding.DATABASE_TEXT, "1.004", 2, one)).isTrue();
    assertThat(PostgresRowValues.of("numeric").writeRounded("1.00", 2, other)).isFalse();
    assertThat(one.copy()).isEqualTo(other.copy());
    one.clear();
    other.clear();
    assertThat(EventValues.writeRounded(ColumnEncoding.FLOAT64, 0.1 + 0.2, 9, one)).isTrue();
    assertThat(PostgresRowValues.of("double precision").writeRounded("0.3", 9, other)).isTrue();
    assertThat(one.copy()).isEqualTo(other.copy());
    one.clear();
    other.clear();
    EventValues.writeRounded(ColumnEncoding.FLOAT64, Double.NaN, 2, one);
    EventValues.writeRounded(ColumnEncoding.FLOAT64, null, 2, other);
    assertThat(one.copy()).isNotEqualTo(other.copy());
  }

  private static Object valueOf(ColumnEncoding encoding, String value) {
    return switch (encoding) {
      case BOOLEAN -> Boolean.valueOf(value);
      case INT32, EPOCH_DAYS -> Integer.valueOf(value);
      case INT64, MICROS_OF_DAY, EPOCH_MICROS -> Long.valueOf(value);
      case FLOAT32 -> Float.valueOf(value);
      case FLOAT64 -> Double.valueOf(value);
      case BYTES -> HexFormat.of().parseHex(value);
      case TEXT, DATABASE_TEXT, ZONED_TIMESTAMP -> value;
    };
  }

  private static byte[] event(ColumnEncoding encoding, @Nullable Object value) {
    CanonicalBytes bytes = new CanonicalBytes();
    EventValues.write(encoding, value, bytes);
    return bytes.copy();
  }

  private static byte[] row(String type, @Nullable String text) {
    CanonicalBytes bytes = new CanonicalBytes();
    PostgresRowValues.of(type).write(text, bytes);
    return bytes.copy();
  }

  private static byte[] texts(@Nullable String... texts) {
    CanonicalBytes bytes = new CanonicalBytes();
    Arrays.stream(texts).forEach(text -> EventValues.write(ColumnEncoding.TEXT, text, bytes));
    return bytes.copy();
  }
}
