package nl.veer.control.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in the order of its key, in parts of about as many rows each. Where a part begins is a
 * row's value: it is not told.
 *
 * @param scan the last one that looked at all of them; null if none has
 * @param at when that ended; null if there is none
 * @param scheduled when the table is due again; null if nobody scans it by itself, or its scans are
 *     paused
 * @param position of the source, at which that scan had read the last part; null without one
 * @param rows of all ranges together
 * @param ranges at most 500
 */
public record TableRanges(
    @Nullable Long scan,
    @Nullable String at,
    @Nullable String scheduled,
    @Nullable String position,
    long rows,
    List<Range> ranges) {

  public TableRanges {
    ranges = List.copyOf(ranges);
  }

  /** Of a table that no scan has looked at. */
  public static TableRanges unseen() {
    return new TableRanges(
        null, null, null, null, 0, List.of(new Range(0, null, "UNKNOWN", null, 0, null)));
  }

  /**
   * A part of the table, as the last look at it had it.
   *
   * @param index from 0
   * @param rows null if nobody has counted them
   * @param verdict EQUAL, DIFFERENT or UNKNOWN; what differed and is mended is UNKNOWN
   * @param scannedAt null if no scan has looked at it since the table was loaded
   * @param differing how many rows that look proved to differ
   * @param changedSince how many rows were changed since; null as long as nobody counts them
   */
  public record Range(
      int index,
      @Nullable Long rows,
      String verdict,
      @Nullable String scannedAt,
      long differing,
      @Nullable Long changedSince) {}
}
