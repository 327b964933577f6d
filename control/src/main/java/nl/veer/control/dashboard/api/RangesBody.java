package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.TableRanges;
import org.jspecify.annotations.Nullable;

/**
 * A table in the order of its key, in at most 500 parts: what the last look at each said, and when
 * that was. A part names no key.
 *
 * @param scan the last one that looked at all of them; null if none has
 * @param at when that ended; null if there is none
 * @param scheduled when the table is due again; null if nobody scans it by itself, or its scans are
 *     paused
 * @param position of the source, at which that scan had read the last part; null without one
 * @param rows of all ranges together
 */
public record RangesBody(
    String wave,
    String table,
    @Nullable Long scan,
    @Nullable String at,
    @Nullable String scheduled,
    @Nullable String position,
    long rows,
    List<TableRanges.Range> ranges) {

  public RangesBody {
    ranges = List.copyOf(ranges);
  }

  public static RangesBody of(String wave, String table, TableRanges looked) {
    return new RangesBody(
        wave,
        table,
        looked.scan(),
        looked.at(),
        looked.scheduled(),
        looked.position(),
        looked.rows(),
        looked.ranges());
  }
}
