package nl.veer.control.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import nl.veer.connectors.failure.Pauses;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Refusals refusals =
      new Refusals(new Pauses(MINUTE, MINUTE, MINUTE, Duration.ofHours(1)));

  @Test
  void aRefusedMessageIsTriedAgainEverMoreRarely() {
    AlertMessage lag = message("a", 0);
    refusals.keep(lag, nanos(0));
    assertThat(due(0)).isEmpty();

    int minute = 0;
    for (int pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      assertThat(due(minute + pause - 1)).as("after %d", minute).isEmpty();
      minute += pause;
      assertThat(due(minute)).contains(lag);
      refusals.keep(lag, nanos(minute));
    }
  }

  @Test
  void itIsGivenUpAfterADay() {
    AlertMessage lag = message("a", 0);
    refusals.keep(lag, nanos(0));

    assertThat(refusals.keep(lag, nanos(24 * 60))).isZero();
    assertThat(refusals.keep(lag, nanos(24 * 60 + 1))).isEqualTo(1);
    assertThat(refusals.size()).isZero();
  }

  @Test
  void aLaterMessageOfTheSameAlertTakesItsPlace() {
    refusals.keep(message("a", 0), nanos(0));
    AlertMessage later = message("a", 60);
    refusals.keep(later, nanos(1));

    assertThat(refusals.size()).isEqualTo(1);
    assertThat(due(1)).contains(later);
    refusals.done(later);
    assertThat(due(100)).isEmpty();
  }

  @Test
  void onceSomethingGoesThroughTheOthersAreTriedSoon() {
    AlertMessage stays = message("a", 0);
    refusals.keep(stays, nanos(0));
    refusals.keep(stays, nanos(1));
    refusals.keep(stays, nanos(3));
    assertThat(due(6)).isEmpty();

    refusals.done(message("b", 0));

    assertThat(due(6)).contains(stays);
  }

  @Test
  void noMoreAreKeptThanThereIsRoomFor() {
    for (int i = 0; i < Refusals.MOST; i++) {
      assertThat(refusals.keep(message("w" + i, 0), nanos(0))).isZero();
    }

    assertThat(refusals.keep(message("more", 0), nanos(0))).isEqualTo(1);
    assertThat(refusals.size()).isEqualTo(Refusals.MOST);
    assertThat(due(1)).contains(message("w1", 0));
  }

  private Optional<AlertMessage> due(int minute) {
    return refusals.due(nanos(minute));
  }

  private static long nanos(int minute) {
    return MINUTE.multipliedBy(minute).toNanos();
  }

  private static AlertMessage message(String wave, int second) {
    Instant at = Instant.parse("2026-03-01T12:00:00Z").plusSeconds(second);
    return AlertMessage.of(
        new AlertKey(AlertRule.LAG, wave, ""), AlertMessage.Status.FIRING, "shop", "late", at, at);
  }
}
