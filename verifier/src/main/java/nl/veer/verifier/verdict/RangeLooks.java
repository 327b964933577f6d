package nl.veer.verifier.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a table that a scan has looked at, from the first key on, in the order of the key.
 * There are never more than {@link #MOST}: where there would be, each two neighbours become one,
 * and from then on that many chunks make a part.
 */
public record RangeLooks(List<RangeLook> all) {
  /** As many as a screen shows, and some kilobytes per table on record. */
  public static final int MOST = 500;

  public static final RangeLooks NONE = new RangeLooks(List.of());

  public RangeLooks {
    all = List.copyOf(all);
  }

  /** With the next chunk behind them; one without rows, as behind the last key, is no part. */
  public RangeLooks plus(RangeLook chunk) {
    List<RangeLook> more = new ArrayList<>(all);
    int last = more.size() - 1;
    if (last >= 0 && chunk.rows() == 0) {
      more.set(last, more.get(last).plus(chunk).of(more.get(last).chunks()));
    } else if (last > 0 && more.get(last).chunks() < more.get(0).chunks()) {
      more.set(last, more.get(last).plus(chunk));
    } else {
      more.add(chunk);
    }
    return bounded(more);
  }

  /**
   * These, and behind them what an earlier scan saw of the rest. Keys are not kept, so that the two
   * meet by their rows: where rows came or went since, a little beside the place.
   */
  public RangeLooks over(RangeLooks earlier) {
    List<RangeLook> both = new ArrayList<>(all);
    long front = rows();
    for (RangeLook look : earlier.all) {
      if (front < look.rows() || (front == 0 && look.rows() == 0)) {
        both.add(look.without(front));
      }
      front = Math.max(0, front - look.rows());
    }
    return bounded(both);
  }

  public long rows() {
    return all.stream().mapToLong(RangeLook::rows).sum();
  }

  /** When the part was looked at that waits longest; empty if there is none. */
  public Optional<Instant> oldest() {
    return all.stream().map(RangeLook::at).min(Comparator.naturalOrder());
  }

  /** When the part was looked at that was looked at last; empty if there is none. */
  public Optional<Instant> newest() {
    return all.stream().map(RangeLook::at).max(Comparator.naturalOrder());
  }

  /** How many rows lie in parts that were looked at since then. */
  public long rowsSince(Instant since) {
    return all.stream().filter(look -> !look.at().isBefore(since)).mapToLong(RangeLook::rows).sum();
  }

  private static RangeLooks bounded(List<RangeLook> looks) {
    List<RangeLook> few = looks;
    while (few.size() > MOST) {
      List<RangeLook> pairs = new ArrayList<>();
      for (int i = 0; i < few.size(); i += 2) {
        pairs.add(i + 1 < few.size() ? few.get(i).plus(few.get(i + 1)) : few.get(i));
      }
      few = pairs;
    }
    return new RangeLooks(few);
  }
}
