package nl.veer.control.dashboard.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.veer.control.dashboard.view.TableRanges;
import nl.veer.control.dashboard.view.TableRanges.Range;
import nl.veer.verifier.record.TableParts;
import nl.veer.verifier.verdict.RangeLook;
import org.jspecify.annotations.Nullable;

/** What is told of a table's parts. Pure. */
final class ShownRanges {
  private ShownRanges() {}

  /**
   * @param every how often the table is scanned; null if it is not by itself
   * @param resting whether somebody paused the scans: then nobody knows when the next one comes
   */
  static TableRanges of(TableParts parts, @Nullable Duration every, boolean resting) {
    List<Range> ranges = new ArrayList<>();
    for (RangeLook look : parts.looks().all()) {
      ranges.add(
          new Range(
              ranges.size(),
              look.rows(),
              verdict(look, parts.differences() > 0),
              look.at().toString(),
              look.differing(),
              null));
    }
    if (parts.scan() == null) {
      Long rows = parts.unseenRows() > 0 ? (Long) parts.unseenRows() : null;
      ranges.add(new Range(ranges.size(), rows, "UNKNOWN", null, 0, null));
    }
    Instant last = parts.lastAt();
    return new TableRanges(
        parts.scan(),
        text(parts.keptAt()),
        last == null || every == null || resting ? null : last.plus(every).toString(),
        parts.source(),
        parts.looks().rows() + parts.unseenRows(),
        ranges);
  }

  /** What differed and stands open no more is mended, and nobody has looked at it since. */
  private static String verdict(RangeLook look, boolean open) {
    if (look.differing() > 0) {
      return open ? "DIFFERENT" : "UNKNOWN";
    }
    return look.unsettled() > 0 ? "UNKNOWN" : "EQUAL";
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
