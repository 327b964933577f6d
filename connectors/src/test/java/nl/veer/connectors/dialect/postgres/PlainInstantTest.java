package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainInstantTest {

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T23:59:59Z, 2024-02-29 23:59:59+00",
    "0001-01-01T00:00:00.000000Z, 0001-01-01 00:00:00+00",
    "9999-12-31T12:34:56.000001Z, 9999-12-31 12:34:56.000001+00",
    "2024-01-31T12:34:56.5Z, 2024-01-31 12:34:56.500000+00",
    "2024-01-31T12:34:56.0Z, 2024-01-31 12:34:56+00"
  })
  void isWrittenAsPostgresHasIt(String iso, String text) {
    assertThat(PlainInstant.text(iso)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2024-02-29T23:59:59",
        "2023-02-29T23:59:59Z",
        "2024-13-01T23:59:59Z",
        "2024-00-01T23:59:59Z",
        "2024-01-00T23:59:59Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:60Z",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00,5Z",
        "2024-01-01T00:00:00.1234567Z",
        "2024-01-01T00:00:00.12x4Z",
        "2024-01-01 00:00:00Z",
        "0000-01-01T00:00:00Z",
        "-0044-03-15T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "2024-01-01T00:00:00+01:00"
      })
  void isNoneThatNeedsThought(String iso) {
    assertThat(PlainInstant.text(iso)).isNull();
  }
}
