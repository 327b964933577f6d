package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.control.gate.GateReport;
import org.junit.jupiter.api.Test;

class GateConfirmationTest {
  private static final GateReport SHOWN = new GateReport("main", true, List.of(), null);
  private static final GateReport NOW = GateReport.of("main", List.of(), Map.of());

  private final AtomicLong clock = new AtomicLong();

  private GateConfirmation answered(boolean yes, Duration after) {
    return new GateConfirmation(
        () -> {
          clock.addAndGet(after.toNanos());
          return yes;
        },
        () -> NOW,
        clock::get);
  }

  @Test
  void whoAnswersAtOnceGoesOnByTheGateThatWasShown() {
    assertThat(answered(true, GateConfirmation.FRESH).of(SHOWN)).contains(SHOWN);
  }

  @Test
  void whoThinksAboutItForLongGoesOnByTheGateAsItIsThen() {
    assertThat(answered(true, GateConfirmation.FRESH.plusMillis(1)).of(SHOWN)).contains(NOW);
    assertThat(NOW.open()).isFalse();
  }

  @Test
  void whoSaysNoGoesOnByNone() {
    assertThat(answered(false, Duration.ofMinutes(5)).of(SHOWN)).isEmpty();
  }
}
