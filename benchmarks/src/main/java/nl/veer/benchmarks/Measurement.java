package nl.veer.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One line of the report. */
record Measurement(String name, String figure) {

  static Measurement rate(String name, long rows, long nanos) {
    return new Measurement(
        name,
        String.format(
            Locale.ROOT,
            "%,10.0f rows/s   (%,d rows in %.1f s)",
            rows * 1e9 / nanos,
            rows,
            nanos / 1e9));
  }

  /** The median of ratios that were taken in turns, with the extremes. */
  static Measurement ratio(String name, List<Double> ratios) {
    return new Measurement(
        name,
        String.format(
            Locale.ROOT,
            "%.2f   (median of %d, %.2f to %.2f)",
            median(ratios),
            ratios.size(),
            ratios.stream().min(Comparator.naturalOrder()).orElseThrow(),
            ratios.stream().max(Comparator.naturalOrder()).orElseThrow()));
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%-44s %s", name, figure);
  }
}
