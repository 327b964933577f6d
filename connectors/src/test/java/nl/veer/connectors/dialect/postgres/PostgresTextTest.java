package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01",
    "-1, 1969-12-31",
    "2932896, 9999-12-31",
    "2932897, 10000-01-01",
    "-719162, 0001-01-01",
    "-719163, 0001-12-31 BC",
    "-2440588, 4714-11-24 BC",
    "2147483647, infinity",
    "-2147483648, -infinity"
  })
  void writesDates(int days, String text) {
    assertThat(PostgresText.of(ColumnEncoding.EPOCH_DAYS, days)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00:00:00",
    "1, 00:00:00.000001",
    "45296123456, 12:34:56.123456",
    "86399999999, 23:59:59.999999",
    "86400000000, 24:00:00"
  })
  void writesTimes(long micros, String text) {
    assertThat(PostgresText.of(ColumnEncoding.MICROS_OF_DAY, micros)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01 00:00:00",
    "-1, 1969-12-31 23:59:59.999999",
    "1000, 1970-01-01 00:00:00.001000",
    "-62135596800000000, 0001-01-01 00:00:00",
    "-62135596800000001, 0001-12-31 23:59:59.999999 BC",
    "253402300800000000, 10000-01-01 00:00:00",
    "9223371935999999999, 294247-01-08 23:59:59.999999",
    "-4611686018427387905, 294247-01-10 04:00:54.775807",
    "-4611686018427387904, 294247-01-10 04:00:54.775808",
    "-4610740039282163713, 294276-12-31 23:59:59.999999",
    "9223372036825200000, infinity",
    "-9223372036832400000, -infinity"
  })
  void writesTimestamps(long micros, String text) {
    assertThat(PostgresText.of(ColumnEncoding.EPOCH_MICROS, micros)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T01:30:00.123456Z, 2026-03-29 01:30:00.123456+00",
    "2026-03-29T03:30:00+02:00, 2026-03-29 01:30:00+00",
    "-0043-03-15T12:00:00Z, 0044-03-15 12:00:00+00 BC",
    "+12026-01-01T00:00:00Z, 12026-01-01 00:00:00+00",
    "infinity, infinity",
    "-infinity, -infinity"
  })
  void writesTimestampsWithTimeZone(String iso, String text) {
    assertThat(PostgresText.of(ColumnEncoding.ZONED_TIMESTAMP, iso)).isEqualTo(text);
  }

  @Test
  void writesNumbersExactly() {
    assertThat(PostgresText.of(ColumnEncoding.FLOAT64, -0.0)).isEqualTo("-0.0");
    assertThat(PostgresText.of(ColumnEncoding.FLOAT64, Double.NaN)).isEqualTo("NaN");
    assertThat(PostgresText.of(ColumnEncoding.FLOAT32, Float.NEGATIVE_INFINITY))
        .isEqualTo("-Infinity");
    assertThat(PostgresText.of(ColumnEncoding.FLOAT64, Double.MIN_VALUE)).isEqualTo("4.9E-324");
    assertThat(PostgresText.of(ColumnEncoding.INT64, Long.MIN_VALUE))
        .isEqualTo("-9223372036854775808");
  }

  @Test
  void writesBooleansBytesAndNull() {
    assertThat(PostgresText.of(ColumnEncoding.BOOLEAN, true)).isEqualTo("t");
    assertThat(PostgresText.of(ColumnEncoding.BYTES, new byte[] {0, (byte) 0xff}))
        .isEqualTo("\\x00ff");
    assertThat(PostgresText.of(ColumnEncoding.TEXT, null)).isNull();
  }

  @Test
  void refusesWhatAnEncodingDoesNotPromise() {
    assertThatThrownBy(() -> PostgresText.of(ColumnEncoding.EPOCH_DAYS, "secret"))
        .isInstanceOf(Failure.class)
        .hasMessageNotContaining("secret");
  }
}
