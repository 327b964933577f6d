package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.WaveId;
import org.junit.jupiter.api.Test;

class CaptureRhythmTest {
  private static final WaveId WAVE = new WaveId("it", "main");
  private static final Duration SHORT = Duration.ofMillis(5);

  @Test
  void letsNothingLingerThatSomebodyWaitsFor() {
    assertThat(awaited(WAVE)).isLessThan(SHORT);
    assertThat(awaited(WAVE.echo())).isLessThan(SHORT);
  }

  @Test
  void letsWhatNobodyWaitsForShareAKafkaTransaction() {
    assertThat(CaptureRhythm.of(WAVE.echo()).linger(false)).isGreaterThan(SHORT.multipliedBy(4));
  }

  private static Duration awaited(LogId log) {
    return CaptureRhythm.of(log).linger(true);
  }
}
