package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import nl.veer.connectors.event.ColumnEncoding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentValuesTest {

  @ParameterizedTest
  @CsvSource({
    "1970-01-01, 0",
    "1969-12-31, -1",
    "2000-02-29, 11016",
    "0001-01-01, -719162",
    "0001-12-31 BC, -719163",
    "4713-01-01 BC, -2440550",
    "5874897-12-31, 2145042905",
    "infinity, 2147483647",
    "-infinity, -2147483648"
  })
  void readsDates(String text, int days) {
    assertThat(SentValues.read(ColumnEncoding.EPOCH_DAYS, text)).isEqualTo(days);
  }

  @ParameterizedTest
  @CsvSource({
    "00:00:00, 0",
    "00:00:00.000001, 1",
    "00:00:00.1, 100000",
    "23:59:59.999999, 86399999999",
    "24:00:00, 86400000000"
  })
  void readsTimes(String text, long micros) {
    assertThat(SentValues.read(ColumnEncoding.MICROS_OF_DAY, text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01 00:00:00, 0",
    "1969-12-31 23:59:59.999999, -1",
    "0001-12-31 23:59:59.5 BC, -62135596800500000",
    "294247-01-08 23:59:59.999999, 9223371935999999999",
    "294247-01-10 04:00:54.775807, -4611686018427387905",
    "294247-01-10 04:00:54.775808, -4611686018427387904",
    "294276-12-31 23:59:59.999999, -4610740039282163713",
    "infinity, 9223372036825200000",
    "-infinity, -9223372036832400000"
  })
  void readsTimestamps(String text, long micros) {
    assertThat(SentValues.read(ColumnEncoding.EPOCH_MICROS, text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01 00:00:00+00, 2024-01-01T00:00:00Z",
    "2024-06-30 23:59:59.123456+00, 2024-06-30T23:59:59.123456Z",
    "2024-06-30 23:59:59.10+00, 2024-06-30T23:59:59.1Z",
    "2024-06-30 24:00:00+00, 2024-07-01T00:00:00Z",
    "2024-06-30 23:59:60+00, 2024-07-01T00:00:00Z",
    "2024-06-30 05:59:59.000001+02, 2024-06-30T03:59:59.000001Z",
    "2024-01-01 00:00:00.5+05:30, 2023-12-31T18:30:00.5Z",
    "1800-01-01 00:00:00-04:56:02, 1800-01-01T04:56:02Z",
    "0001-01-01 00:00:00+00 BC, 0000-01-01T00:00:00Z",
    "12024-06-30 23:59:59.999999+00, +12024-06-30T23:59:59.999999Z",
    "294276-12-31 23:59:59.999999+00, +294276-12-31T23:59:59.999999Z",
    "294277-01-01 13:59:59+14, +294276-12-31T23:59:59Z",
    "infinity, infinity",
    "-infinity, -infinity"
  })
  void readsTimestampsWithZone(String text, String iso) {
    assertThat(SentValues.read(ColumnEncoding.ZONED_TIMESTAMP, text)).isEqualTo(iso);
  }

  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, true",
    "INT32, 2147483648",
    "INT64, 1.0",
    "BYTES, abc",
    "EPOCH_DAYS, 01.02.2024",
    "EPOCH_DAYS, 2024-02-30",
    "MICROS_OF_DAY, 1:00:00",
    "MICROS_OF_DAY, 00:00:00.0000001",
    "EPOCH_MICROS, 300000-01-01 00:00:00",
    "EPOCH_MICROS, 290000-01-01 00:00:00 BC",
    "EPOCH_MICROS, 2024-01-01T00:00:00",
    "ZONED_TIMESTAMP, 2024-01-01 00:00:00"
  })
  void refusesWhatItDoesNotUnderstand(ColumnEncoding encoding, String text) {
    assertThatThrownBy(() -> SentValues.read(encoding, text)).isInstanceOf(RuntimeException.class);
  }

  @org.junit.jupiter.api.Test
  void agreesWithTheCalendarOnEveryDayOfFourCenturies() {
    for (LocalDate day = LocalDate.of(1700, 1, 1); day.getYear() < 2100; day = day.plusDays(1)) {
      assertThat(SentValues.read(ColumnEncoding.EPOCH_DAYS, day.toString()))
          .isEqualTo((int) day.toEpochDay());
    }
  }
}
