package nl.veer.control.dashboard.feed;

import java.time.Duration;

/**
 * How often the status is read, and for how long a reading is good. The two fit: as long as one
 * reading follows the other, even one that takes a third longer, none is too old before the next is
 * there; and where none follows, that shows after fifteen seconds, or three quarters of a minute
 * where they are slow. Pure.
 */
final class ReadingPace {
  /** What was read in no time is good for so long. */
  static final Duration GOOD = Duration.ofSeconds(15);

  private static final Duration LEAST_REST = Duration.ofSeconds(1);

  /** So that servers that are slow are asked the less. */
  private static final int REST = 3;

  private static final Duration MOST_REST = Duration.ofSeconds(10);

  private ReadingPace() {}

  /** The pause behind a reading that took so long. */
  static Duration rest(Duration took) {
    Duration rest = took.multipliedBy(REST);
    if (rest.compareTo(MOST_REST) > 0) {
      return MOST_REST;
    }
    return rest.compareTo(LEAST_REST) > 0 ? rest : LEAST_REST;
  }

  /**
   * How long a reading that took so long says something of now, from its beginning on: for as long
   * as one more takes on top. A longer one than {@link #GOOD} is given no more than that.
   */
  static Duration patience(Duration took) {
    Duration slow = took.compareTo(GOOD) > 0 ? GOOD : took;
    return GOOD.plus(slow.multipliedBy(2));
  }
}
