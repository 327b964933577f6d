package nl.veer.control.dashboard.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Makes rates of what a role says that it has done, over the last seconds and by the role's own
 * clock: how often somebody reads changes nothing. Counts of two processes are never compared, and
 * of a role that says nothing there is no rate. Bounded. Owned by one thread.
 */
final class RateMeter {
  /** Long enough for a batch or two, short enough to follow a change. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** What is further apart has no rate of now between it. */
  private static final Duration GAP = Duration.ofSeconds(30);

  /** In less time a single batch would pass for a rate. */
  private static final Duration LEAST = Duration.ofMillis(500);

  /** Of {@link #WINDOW}, with a word every fifth of a second. */
  private static final int MOST = 50;

  private final Deque<RoleCount> counts = new ArrayDeque<>();

  /**
   * @param next what the role says now; null if it says nothing
   */
  void hear(@Nullable RoleCount next) {
    RoleCount last = counts.peekLast();
    if (next == null || (last != null && !goesOn(last, next))) {
      counts.clear();
    }
    if (next == null || (last != null && last.at().equals(next.at()))) {
      return;
    }
    counts.addLast(next);
    Instant from = next.at().minus(WINDOW);
    while (counts.size() > MOST || (counts.size() > 2 && counts.getFirst().at().isBefore(from))) {
      counts.removeFirst();
    }
  }

  private static boolean goesOn(RoleCount last, RoleCount next) {
    return next.follows(last) && Duration.between(last.at(), next.at()).compareTo(GAP) <= 0;
  }

  Rates rates() {
    RoleCount first = counts.peekFirst();
    RoleCount last = counts.peekLast();
    if (first == null || last == null) {
      return Rates.UNKNOWN;
    }
    Duration time = Duration.between(first.at(), last.at());
    if (time.compareTo(LEAST) < 0) {
      return Rates.UNKNOWN;
    }
    double seconds = time.toMillis() / 1000.0;
    return new Rates(
        rounded((last.transactions() - first.transactions()) / seconds),
        rounded((last.rows() - first.rows()) / seconds));
  }

  /** More would be noise, in each of a day's points. */
  private static double rounded(double rate) {
    return Math.round(rate * 1_000) / 1_000.0;
  }
}
