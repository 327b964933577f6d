package nl.veer.control.wave;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LegBellTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  @Test
  void wakesWhoeverWaitsOrIsAboutTo() {
    try (LegBell bell = LegBell.heard()) {
      LegBell.ring();
      assertThat(waited(bell, LONG)).isLessThan(LONG);
    }
  }

  @Test
  void isHeardOnceHoweverOftenItIsRung() {
    try (LegBell bell = LegBell.heard()) {
      LegBell.ring();
      LegBell.ring();
      bell.await(LONG);
      assertThat(waited(bell, SHORT)).isGreaterThanOrEqualTo(SHORT);
    }
  }

  @Test
  void letsGoOfWhoeverWaitsWhenItIsClosed() {
    LegBell bell = LegBell.heard();
    bell.close();
    assertThat(waited(bell, LONG)).isLessThan(LONG);
    LegBell.ring();
    assertThat(waited(bell, SHORT)).isGreaterThanOrEqualTo(SHORT);
  }

  private static Duration waited(LegBell bell, Duration time) {
    long begin = System.nanoTime();
    bell.await(time);
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
