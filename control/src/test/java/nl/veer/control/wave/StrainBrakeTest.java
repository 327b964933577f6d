package nl.veer.control.wave;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import nl.veer.verifier.scan.postgres.Strain;
import org.junit.jupiter.api.Test;

class StrainBrakeTest {
  private static final Duration MOST = Duration.ofSeconds(10);

  @Test
  void goesOnWhileTheTargetKeepsUpAndTheSourceIsCalm() {
    assertThat(StrainBrake.of(new Strain(MOST, 5), MOST, 5)).isNull();
  }

  @Test
  void waitsWhileTheTargetIsBehind() {
    assertThat(StrainBrake.of(new Strain(MOST.plusSeconds(1), 0), MOST, 5))
        .isEqualTo("the target is 11 s behind the source, more than 10 s");
    assertThat(StrainBrake.of(new Strain(null, 0), MOST, 5)).isNotNull();
  }

  @Test
  void waitsWhileTheSourceIsBusyUnlessThatDoesNotMatter() {
    assertThat(StrainBrake.of(new Strain(MOST, 6), MOST, 5))
        .isEqualTo("6 sessions are busy on the source, more than 5");
    assertThat(StrainBrake.of(new Strain(MOST, 600), MOST, 0)).isNull();
  }
}
