package nl.veer.connectors.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryingTest {
  private final StopSignal stop = new StopSignal();
  private final List<Failure> reported = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();

  @Test
  void looksAtAnIncidentEverMoreSeldomUntilThereIsProgress() {
    Pauses pauses =
        new Pauses(
            Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofHours(1));
    Retrying retrying = new Retrying(stop, reported::add, pauses);
    retrying.untilDone(
        () -> {
          starts.add(System.nanoTime());
          if (starts.size() == 4) {
            retrying.progressed();
          }
          if (starts.size() < 6) {
            throw new Failure(FailureKind.SOURCE_DATA, "X", "x");
          }
        });
    assertThat(pause(0)).isBetween(20L, 39L);
    assertThat(pause(1)).isGreaterThanOrEqualTo(40);
    assertThat(pause(2)).isGreaterThanOrEqualTo(80);
    assertThat(pause(3)).isLessThan(80);
    assertThat(pause(4)).isGreaterThanOrEqualTo(40);
    assertThat(reported).hasSize(5);
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    Retrying retrying = new Retrying(stop, reported::add);
    retrying.untilDone(
        () -> {
          Thread.currentThread().interrupt();
          throw new Failure(FailureKind.TRANSIENT, "X", "x");
        });
    assertThat(reported).hasSize(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  private long pause(int number) {
    return (starts.get(number + 1) - starts.get(number)) / 1_000_000;
  }
}
