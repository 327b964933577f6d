package nl.veer.control.forecast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When something that falls will be at zero, if it goes on as in the last minutes. Never a promise:
 * where it does not fall, or where little was seen, it names no time.
 */
public sealed interface Forecast {

  /** It is there. */
  record Reached() implements Forecast {}

  /**
   * It is on its way.
   *
   * @param in at the median rate ({@link Trend})
   * @param soonest at a rate that one of ten was faster than
   * @param latest at a rate that one of ten was slower than; null if at that rate it never comes
   */
  record Expected(Duration in, Duration soonest, @Nullable Duration latest) implements Forecast {}

  /**
   * It does not fall, or so slowly that nobody can say.
   *
   * @param why in words
   */
  record Never(String why) implements Forecast {}

  /**
   * Too little was seen.
   *
   * @param why in words
   */
  record Unknown(String why) implements Forecast {}

  /** With less, a single batch or checkpoint would pass for a trend. */
  Duration LEAST_SEEN = Duration.ofSeconds(60);

  int LEAST_POINTS = 6;

  /** What is further away is no forecast. */
  Duration FURTHEST = Duration.ofDays(365);

  /**
   * When the series will be at zero.
   *
   * @param floor at or below which it counts as there
   */
  static Forecast toZero(Series series, double floor) {
    List<Series.Point> points = series.points();
    if (points.isEmpty()) {
      return new Unknown("nothing was measured");
    }
    Series.Point last = points.get(points.size() - 1);
    if (last.value() <= floor) {
      return new Reached();
    }
    double seen = last.seconds() - points.get(0).seconds();
    if (points.size() < LEAST_POINTS || seen < LEAST_SEEN.toSeconds()) {
      return new Unknown("it was watched for too short a time");
    }
    Trend trend = Trend.of(points).orElseThrow();
    Optional<Duration> in = time(last.value(), trend.slope());
    Optional<Duration> soonest = time(last.value(), trend.least());
    if (in.isEmpty() || soonest.isEmpty()) {
      return new Never("it does not fall");
    }
    return new Expected(in.get(), soonest.get(), time(last.value(), trend.most()).orElse(null));
  }

  private static Optional<Duration> time(double value, double slope) {
    if (slope >= 0 || value / -slope > FURTHEST.toSeconds()) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(Math.round(value / -slope * 1000)));
  }
}
