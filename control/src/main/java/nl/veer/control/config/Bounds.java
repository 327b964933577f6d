package nl.veer.control.config;

import java.time.Duration;

/** Writes a bound in the unit of the value that it bounds. */
final class Bounds {
  private Bounds() {}

  static String describe(Object value, long bound) {
    if (value instanceof Duration) {
      return bound % 1000 == 0 ? bound / 1000 + "s" : bound + "ms";
    }
    return value instanceof Size ? new Size(bound).toString() : Long.toString(bound);
  }
}
