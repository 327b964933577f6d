package nl.veer.control.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How fast something changes, by the median of the slopes between all pairs of measurements: the
 * Theil–Sen estimator (H. Theil, 1950; P. K. Sen, "Estimates of the regression coefficient based on
 * Kendall's tau", JASA 63, 1968), which up to 29 % of outliers do not move. The band is that of the
 * slopes themselves, from their 10th to their 90th percentile. It is wider than Sen's confidence
 * interval, which needs independent errors: those of a lag are not.
 *
 * @param slope per second
 * @param least nine of ten slopes are larger
 * @param most nine of ten slopes are smaller
 */
record Trend(double slope, double least, double most) {
  private static final double BAND = 0.1;

  /** Empty if there are not two measurements. */
  static Optional<Trend> of(List<Series.Point> points) {
    int count = points.size();
    if (count < 2) {
      return Optional.empty();
    }
    double[] slopes = new double[count * (count - 1) / 2];
    int next = 0;
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        Series.Point from = points.get(i);
        Series.Point to = points.get(j);
        slopes[next++] = (to.value() - from.value()) / (to.seconds() - from.seconds());
      }
    }
    Arrays.sort(slopes);
    return Optional.of(new Trend(at(slopes, 0.5), at(slopes, BAND), at(slopes, 1 - BAND)));
  }

  /** Between two slopes, in proportion. */
  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
