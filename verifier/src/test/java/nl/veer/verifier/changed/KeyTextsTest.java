package nl.veer.verifier.changed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EpochMicros;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTextsTest {

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsWrittenAsItsTypeReadsIt(
      ColumnEncoding encoding, @Nullable Object value, @Nullable String text) {
    assertThat(KeyTexts.text(encoding, value)).isEqualTo(text);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(ColumnEncoding.BOOLEAN, true, "true"),
        Arguments.of(ColumnEncoding.INT32, -7, "-7"),
        Arguments.of(ColumnEncoding.INT64, Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of(ColumnEncoding.FLOAT32, 1e-3f, "0.001"),
        Arguments.of(ColumnEncoding.FLOAT64, Double.NEGATIVE_INFINITY, "-Infinity"),
        Arguments.of(ColumnEncoding.TEXT, "a'b", "a'b"),
        Arguments.of(ColumnEncoding.TEXT, "", ""),
        Arguments.of(ColumnEncoding.DATABASE_TEXT, "1.00", "1.00"),
        Arguments.of(ColumnEncoding.BYTES, new byte[] {0, -1}, "\\x00ff"),
        Arguments.of(ColumnEncoding.EPOCH_DAYS, 0, "1970-01-01"),
        Arguments.of(ColumnEncoding.EPOCH_DAYS, Integer.MAX_VALUE, "infinity"),
        Arguments.of(ColumnEncoding.EPOCH_DAYS, Integer.MIN_VALUE, "-infinity"),
        Arguments.of(ColumnEncoding.EPOCH_DAYS, -800_000, null),
        Arguments.of(ColumnEncoding.EPOCH_MICROS, 1L, "1970-01-01T00:00:00.000001"),
        Arguments.of(ColumnEncoding.EPOCH_MICROS, EpochMicros.INFINITY, "infinity"),
        Arguments.of(ColumnEncoding.EPOCH_MICROS, EpochMicros.NEGATIVE_INFINITY, "-infinity"),
        Arguments.of(ColumnEncoding.MICROS_OF_DAY, 1L, "00:00:00.000001"),
        Arguments.of(ColumnEncoding.MICROS_OF_DAY, 86_400_000_000L, "24:00:00"),
        Arguments.of(
            ColumnEncoding.ZONED_TIMESTAMP, "2020-01-01T01:00:00+01:00", "2020-01-01T00:00+00"),
        Arguments.of(ColumnEncoding.ZONED_TIMESTAMP, "infinity", "infinity"),
        Arguments.of(ColumnEncoding.INT32, null, null));
  }
}
