package nl.veer.control.metrics;

import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value, and the tags that tell it from the others of its family. */
record Sample(Tags tags, double value) {
  private static final double MILLIS_PER_SECOND = 1000;

  Sample with(Tags more) {
    return new Sample(tags.and(more), value);
  }

  static Sample of(Number value, String... tags) {
    return new Sample(Tags.of(tags), value.doubleValue());
  }

  /** One value without tags of its own; none if it is not known. */
  static List<Sample> one(@Nullable Number value) {
    return value == null ? List.of() : List.of(of(value));
  }

  static List<Sample> one(@Nullable Boolean value) {
    return value == null ? List.of() : List.of(of(number(value)));
  }

  static int number(boolean value) {
    return value ? 1 : 0;
  }

  /** Milliseconds as seconds. */
  static List<Sample> seconds(@Nullable Long millis) {
    return millis == null ? List.of() : List.of(of(millis / MILLIS_PER_SECOND));
  }

  static double seconds(Duration time) {
    return time.toMillis() / MILLIS_PER_SECOND;
  }
}
