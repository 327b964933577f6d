package nl.veer.control.reading;

import static nl.veer.control.reading.SampleWave.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.status.WaveState;
import org.junit.jupiter.api.Test;

class UnheardWavesTest {
  private static final WaveId MAIN = new WaveId("shop", "main");
  private static final WaveId OTHER = new WaveId("shop", "other");
  private static final Map<WaveId, WaveReading> HEARD = Map.of(MAIN, new SampleWave().reading());

  private final UnheardWaves unheard = new UnheardWaves();

  @Test
  void aConfiguredWaveOfWhichNothingIsKnownIsUnknownAndNotAbsent() {
    List<WaveReading> all = unheard.fill(List.of(OTHER, MAIN), HEARD, NOW);

    assertThat(all).extracting(WaveReading::wave).containsExactly("other", "main");
    assertThat(all.get(0).isHeard()).isFalse();
    assertThat(all.get(0).status().state()).isEqualTo(WaveState.UNKNOWN);
    assertThat(all.get(1).isHeard()).isTrue();
  }

  @Test
  void itIsSoSinceItWasLastHeardOf() {
    unheard.fill(List.of(MAIN), Map.of(), NOW);
    assertThat(after(10, Map.of()).unheardSince()).isEqualTo(NOW);

    after(20, HEARD);
    assertThat(after(30, Map.of()).unheardSince()).isEqualTo(NOW.plusSeconds(30));
  }

  private WaveReading after(int seconds, Map<WaveId, WaveReading> heard) {
    return unheard.fill(List.of(MAIN), heard, NOW.plus(Duration.ofSeconds(seconds))).get(0);
  }
}
