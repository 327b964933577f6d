package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import nl.veer.verifier.value.Tolerances;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000L;
  private final long begin = System.nanoTime();

  @Test
  void withoutALimitNobodyWaits() {
    assertThat(new Pace(0).owed(1_000_000, begin)).isZero();
  }

  @Test
  void rowsArePaidForByTime() {
    Pace pace = new Pace(1_000);

    Duration first = pace.owed(500, begin);
    Duration second = pace.owed(500, begin);

    assertThat(first).isBetween(Duration.ofMillis(499), Duration.ofMillis(600));
    assertThat(second.minus(first)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void timeThatNobodyUsedIsGone() {
    Pace pace = new Pace(1_000);
    assertThat(pace.owed(1, begin + 3_600 * SECOND)).isZero();

    assertThat(pace.owed(1_000, begin + 3_600 * SECOND)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aPacedChunkIsAtMostASecondsWork() {
    ScanConfig paced = new ScanConfig(1, 1_000_000, 300, Tolerances.NONE);

    assertThat(paced.pacedChunkRows()).isEqualTo(300);
    assertThat(ScanConfig.standard().pacedChunkRows()).isEqualTo(ScanConfig.CHUNK_ROWS);
  }
}
