package nl.veer.control.dashboard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.veer.control.dashboard.HandClock;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.status.MigrationStatus;
import org.junit.jupiter.api.Test;

/** How long a reading is good, and that the next one is there before. */
class ReadingPaceTest {
  private final HandClock clock = new HandClock();

  @Test
  void theNextReadingIsThereBeforeTheLastOneIsTooOldHoweverSlowTheyAre() {
    for (long took = 0; took <= 15_000; took += 50) {
      Duration one = Duration.ofMillis(took);
      Duration next = Duration.ofMillis(took * 4 / 3);
      Duration untilNext = one.plus(ReadingPace.rest(one)).plus(next);
      assertThat(untilNext).as("behind %s", one).isLessThanOrEqualTo(ReadingPace.patience(one));
    }
  }

  @Test
  void whatIsReadFastIsGoodForFifteenSecondsAndNothingForMoreThanThreeTimesThat() {
    assertThat(ReadingPace.patience(Duration.ZERO)).isEqualTo(Duration.ofSeconds(15));
    assertThat(ReadingPace.patience(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void serversThatAreSlowAreAskedTheLess() {
    assertThat(ReadingPace.rest(Duration.ofMillis(10))).isEqualTo(Duration.ofSeconds(1));
    assertThat(ReadingPace.rest(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(6));
    assertThat(ReadingPace.rest(Duration.ofSeconds(14))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aStatusIsAsOldAsTheBeginningOfItsReading() throws Exception {
    StatusNow now = readIn(Duration.ofSeconds(5));
    assertThat(now.at()).isEqualTo(clock.instant().minusSeconds(5));
    assertThat(now.ageMillis(clock.instant())).isEqualTo(5_000);
  }

  @Test
  void aWaveIsNotUnknownBetweenTwoSlowReadings() throws Exception {
    StatusNow now = readIn(Duration.ofSeconds(5));
    // The rest, and one more such reading.
    clock.putOn(ReadingPace.rest(Duration.ofSeconds(5)).plusSeconds(5));
    assertThat(now.ageMillis(clock.instant())).isEqualTo(20_000);
    assertThat(verdict(now, clock.instant())).isEqualTo("EQUAL");
    clock.putOn(Duration.ofSeconds(6));
    assertThat(verdict(now, clock.instant())).isEqualTo("UNKNOWN");
  }

  @Test
  void whatTookAMinuteToReadSaysNothingOfNow() throws Exception {
    StatusNow now = readIn(Duration.ofMinutes(1));
    assertThat(verdict(now, clock.instant())).isEqualTo("UNKNOWN");
  }

  private StatusNow readIn(Duration time) throws Exception {
    StatusFeed.Reading slow =
        () -> {
          clock.putOn(time);
          return new MigrationStatus("shop", "any", List.of(PlainView.main("EQUAL")));
        };
    try (StatusFeed feed = StatusFeed.start(List.of("main"), slow, clock)) {
      return feed.ask().get(30, TimeUnit.SECONDS);
    }
  }

  private static String verdict(StatusNow now, Instant at) {
    return Bodies.migration("shop", "1", now, at).verdict();
  }
}
