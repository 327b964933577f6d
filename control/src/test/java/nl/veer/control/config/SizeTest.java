package nl.veer.control.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {

  @ParameterizedTest
  @CsvSource({"0B, 0", "1B, 1", "64MiB, 67108864", "3 GiB, 3221225472", "1TiB, 1099511627776"})
  void sizesAreReadWithTheirUnit(String text, long bytes) {
    assertThat(Size.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "64MB", "-1MiB", "1.5MiB", "", "9000000000TiB"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Size.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "1B", "1000B", "64MiB", "3GiB"})
  void aSizePrintsAsItIsWritten(String text) {
    assertThat(Size.parse(text)).hasToString(text);
  }

  @Test
  void peopleGetOnePlace() {
    assertThat(Size.approximately(1536)).isEqualTo("1.5 KiB");
    assertThat(Size.approximately(900)).isEqualTo("900 B");
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "10s, 10000", "5m, 300000", "2h, 7200000", "1d, 86400000"})
  void durationsAreReadWithTheirUnit(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "1.5s", "-1s", "PT1S", "1 week"})
  void otherDurationsAreRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("for example 500ms");
  }
}
