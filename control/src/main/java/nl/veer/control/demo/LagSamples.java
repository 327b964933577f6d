package nl.veer.control.demo;

import java.util.Arrays;

/**
 * The lag that a watcher of the live wave sees, ten times a second. The backlog of the load does
 * not count: sampling begins when the wave has caught up. Owned by one thread.
 */
final class LagSamples {
  private long[] millis = new long[1024];
  private int count;

  void add(long lag) {
    if (count == millis.length) {
      millis = Arrays.copyOf(millis, 2 * count);
    }
    millis[count++] = lag;
  }

  DemoReport.LagMillis summary() {
    if (count == 0) {
      return new DemoReport.LagMillis(0, 0, 0);
    }
    long[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return new DemoReport.LagMillis(
        sorted[(count - 1) / 2], sorted[(int) Math.ceil(0.99 * count) - 1], sorted[count - 1]);
  }
}
