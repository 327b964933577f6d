package nl.veer.benchmarks;

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

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%-44s %s", name, figure);
  }
}
