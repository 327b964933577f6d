package nl.veer.control.metrics;

import java.util.List;
import java.util.function.Function;

/**
 * Something that is measured of each wave.
 *
 * @param name with its unit at the end, in Micrometer's form: {@code veer.lag.seconds}
 * @param unit empty if there is none
 * @param counts whether it only grows for as long as the process and the leg last
 * @param help a sentence, as the scrape shows it
 * @param samples from what is known; empty of what is not
 */
record Measure<T>(
    String name, String unit, boolean counts, String help, Function<T, List<Sample>> samples) {

  static <T> Measure<T> gauge(
      String name, String unit, String help, Function<T, List<Sample>> samples) {
    return new Measure<>(name, unit, false, help, samples);
  }

  static <T> Measure<T> counter(
      String name, String unit, String help, Function<T, List<Sample>> samples) {
    return new Measure<>(name, unit, true, help, samples);
  }
}
