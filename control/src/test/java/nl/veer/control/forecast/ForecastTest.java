package nl.veer.control.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final Percentage ABOUT = Percentage.withPercentage(1);

  private final Series series = new Series();
  private double now;

  @Test
  void whatFallsEvenlyIsThereAtItsRate() {
    for (int i = 0; i < 20; i++) {
      measure(5, 400 - 10 * i);
    }

    Forecast.Expected expected = (Forecast.Expected) Forecast.toZero(series, 0);

    assertThat(expected.in()).isEqualTo(Duration.ofSeconds(105));
    assertThat(expected.soonest()).isEqualTo(Duration.ofSeconds(105));
    assertThat(expected.latest()).isEqualTo(Duration.ofSeconds(105));
  }

  @Test
  void theBandHoldsTheForecastAndIsWiderWhereTheRateIsUneven() {
    for (int i = 0; i < 40; i++) {
      measure(5, 1000 - 10 * i + (i % 4) * 12);
    }

    Forecast.Expected expected = (Forecast.Expected) Forecast.toZero(series, 0);

    assertThat(expected.soonest()).isLessThan(expected.in());
    assertThat(expected.latest()).isNotNull().isGreaterThan(expected.in());
  }

  @Test
  void aPeakDoesNotMoveIt() {
    for (int i = 0; i < 40; i++) {
      measure(5, i % 9 == 4 ? 9_000 : 1000 - 10 * i);
    }

    Forecast.Expected expected = (Forecast.Expected) Forecast.toZero(series, 0);

    assertThat(expected.in().toSeconds()).isCloseTo(610 / 2, ABOUT);
  }

  @Test
  void whatGrowsOrStandsStillIsNeverThere() {
    for (int i = 0; i < 20; i++) {
      measure(5, 100 + i);
    }
    assertThat(Forecast.toZero(series, 0)).isInstanceOf(Forecast.Never.class);

    for (int i = 0; i < 60; i++) {
      measure(5, 100);
    }
    assertThat(Forecast.toZero(series, 0)).isInstanceOf(Forecast.Never.class);
  }

  @Test
  void whereItMayAsWellGrowThereIsNoLatest() {
    for (int i = 0; i < 40; i++) {
      measure(5, 1000 - i + i % 2 * 200);
    }

    Forecast forecast = Forecast.toZero(series, 0);

    assertThat(forecast)
        .isInstanceOfSatisfying(
            Forecast.Expected.class, expected -> assertThat(expected.latest()).isNull());
  }

  @Test
  void aMinuteIsTheLeastThatItLooksAt() {
    for (int i = 0; i < 12; i++) {
      measure(5, 100 - i);
    }
    assertThat(Forecast.toZero(series, 0)).isInstanceOf(Forecast.Unknown.class);

    measure(5, 88);
    assertThat(Forecast.toZero(series, 0)).isInstanceOf(Forecast.Expected.class);
  }

  @Test
  void whatWasNotMeasuredForAMinuteIsForgotten() {
    for (int i = 0; i < 20; i++) {
      measure(5, 100 - i);
    }
    measure(61, 500);

    assertThat(Forecast.toZero(series, 0)).isInstanceOf(Forecast.Unknown.class);
  }

  @Test
  void atTheFloorItIsThere() {
    measure(5, 2);

    assertThat(Forecast.toZero(series, 2)).isInstanceOf(Forecast.Reached.class);
    assertThat(Forecast.toZero(new Series(), 2)).isInstanceOf(Forecast.Unknown.class);
  }

  @Test
  void theSeriesKeepsFiveMinutes() {
    for (int i = 0; i < 10_000; i++) {
      measure(0.1, i);
    }
    assertThat(series.points()).hasSize(300);

    for (int i = 0; i < 200; i++) {
      measure(5, i);
    }
    assertThat(series.points()).hasSize(61);
  }

  private void measure(double later, double value) {
    now += later;
    series.add(now, value);
  }
}
