package nl.veer.control.dashboard.feed;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** So many steps of one wave's history; the oldest one goes. Owned by its history. */
final class HistoryRing {
  static final int REPLICATION_LAG = 0;
  static final int VERIFICATION_LAG = 1;
  static final int TRANSACTIONS = 2;
  static final int DIFFERENCES = 3;
  private static final int KINDS = 4;

  /** The number of the step that is kept at each place. */
  private final long[] steps;

  /** By kind and place; not a number where nothing is known. */
  private final double[][] values;

  HistoryRing(int capacity) {
    steps = new long[capacity];
    Arrays.fill(steps, Long.MIN_VALUE);
    values = new double[KINDS][capacity];
  }

  /** In the order of the kinds. */
  void add(long step, @Nullable Double... measured) {
    int place = place(step);
    if (steps[place] != step) {
      steps[place] = step;
      for (double[] kind : values) {
        kind[place] = Double.NaN;
      }
    }
    for (int kind = 0; kind < KINDS; kind++) {
      Double value = measured[kind];
      double kept = values[kind][place];
      if (value != null && !(kept >= value)) {
        values[kind][place] = value;
      }
    }
  }

  /** The largest of these steps; null if nothing is known of any. */
  @Nullable Double max(int kind, long from, long count) {
    double max = Double.NaN;
    for (long step = from; step < from + count; step++) {
      int place = place(step);
      double value = steps[place] == step ? values[kind][place] : Double.NaN;
      if (!Double.isNaN(value) && !(max >= value)) {
        max = value;
      }
    }
    return Double.isNaN(max) ? null : (Double) max;
  }

  private int place(long step) {
    return (int) Math.floorMod(step, steps.length);
  }
}
