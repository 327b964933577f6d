package nl.veer.control.forecast;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What was measured of one thing lately, oldest first. Bounded by time and by number. Owned by one
 * thread.
 */
public final class Series {
  /** Long enough to see through a batch or a checkpoint, short enough to follow a change. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  /** Of {@link #WINDOW}, with a measurement every second; a trend takes the square of it. */
  private static final int MOST = 300;

  /** What is missing for longer is no series any more: nobody knows what happened meanwhile. */
  private static final double GAP_SECONDS = 60;

  private final Deque<Point> points = new ArrayDeque<>();

  /**
   * One measurement.
   *
   * @param seconds on whatever clock never goes back
   */
  record Point(double seconds, double value) {}

  /** Adds what was measured now; what is older than the window goes. */
  public void add(double seconds, double value) {
    Point last = points.peekLast();
    if (last != null && (seconds - last.seconds() > GAP_SECONDS || seconds <= last.seconds())) {
      points.clear();
    }
    points.addLast(new Point(seconds, value));
    while (points.size() > MOST
        || seconds - points.getFirst().seconds() > WINDOW.toMillis() / 1000.0) {
      points.removeFirst();
    }
  }

  List<Point> points() {
    return new ArrayList<>(points);
  }
}
