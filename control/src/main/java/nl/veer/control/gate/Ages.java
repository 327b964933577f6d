package nl.veer.control.gate;

import java.time.Duration;

/** Times that have passed, as people say them. */
final class Ages {
  private Ages() {}

  /** In the largest unit of which there are at least two. */
  static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return "%d s".formatted(seconds);
    }
    if (seconds < 7_200) {
      return "%d min".formatted(seconds / 60);
    }
    return seconds < 172_800
        ? "%d h".formatted(seconds / 3_600)
        : "%,d days".formatted(seconds / 86_400);
  }
}
