package nl.veer.replicator.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.event.TableId;

/**
 * Decides what a load does at once. A snapshot and a commit cost the same whatever they are for, so
 * small tables share them; large ones are divided, so that every worker has its share, and so that
 * a snapshot is not held, nor a portion begun again, for longer than need be. Pure.
 */
final class LoadPlanner {
  /** Some seconds of work: the most that is lost when a worker's session breaks. */
  static final long LARGEST_PORTION = 64L << 20;

  /** Beside this, what a portion costs by itself does not weigh. */
  static final long SMALLEST_SHARE = 4L << 20;

  /** Less than this is not parted among workers: to commit it would take as long as to copy it. */
  private static final long LEAST_TOGETHER = 1L << 20;

  /**
   * Each holds a few locks on the target until its portion is committed, and none of them may be
   * rewritten on the source from the snapshot until then.
   */
  static final int MOST_AT_ONCE = 50;

  /** More than one for each worker, so that they end at about the same time. */
  private static final int PORTIONS_PER_WORKER = 4;

  private LoadPlanner() {}

  /**
   * Which tables share a snapshot, largest first.
   *
   * @param alone those that did not come through when they were begun: if they are rewritten time
   *     and again, they should be alone with that, and be copied before it is done again
   */
  static List<List<SourceTable>> snapshots(List<SourceTable> tables, Set<TableId> alone) {
    return together(
        largestFirst(tables),
        SourceTable::estimatedBytes,
        LARGEST_PORTION,
        table -> alone.contains(table.schema().id()));
  }

  private static List<SourceTable> largestFirst(List<SourceTable> tables) {
    return tables.stream()
        .sorted(
            Comparator.comparingLong(SourceTable::estimatedBytes)
                .thenComparing(SourceTable::estimatedRows)
                .reversed())
        .toList();
  }

  /**
   * The most that a range should hold.
   *
   * @param bytes of all that share a snapshot
   */
  static long range(long bytes, int workers) {
    return workers == 1
        ? LARGEST_PORTION
        : Math.min(LARGEST_PORTION, Math.max(SMALLEST_SHARE, share(bytes, workers)));
  }

  /**
   * Which ranges are copied in one transaction. Only small tables share one, so that a table that
   * does not come through keeps few others from being complete.
   *
   * @param ranges of one snapshot
   */
  static List<List<Range>> portions(List<Range> ranges, int workers) {
    long all = ranges.stream().mapToLong(Range::bytes).sum();
    long most =
        workers == 1
            ? SMALLEST_SHARE
            : Math.min(SMALLEST_SHARE, Math.max(LEAST_TOGETHER, share(all, workers)));
    return together(ranges, Range::bytes, most, LoadPlanner::isPart);
  }

  /** Of a relation that is large enough to be divided. */
  private static boolean isPart(Range range) {
    return range.from() > 0 || range.to() < Long.MAX_VALUE;
  }

  private static long share(long bytes, int workers) {
    return bytes / workers / PORTIONS_PER_WORKER;
  }

  /**
   * Puts together what comes one after the other, as far as there is room.
   *
   * @param most bytes of those that are together
   * @param isAlone what is never together with others
   */
  private static <T> List<List<T>> together(
      List<T> all, ToLongFunction<T> size, long most, Predicate<T> isAlone) {
    List<List<T>> groups = new ArrayList<>();
    List<T> next = new ArrayList<>();
    long bytes = 0;
    for (T one : all) {
      if (isAlone.test(one)) {
        groups.add(List.of(one));
      } else {
        if (!isRoom(next.size(), bytes, size.applyAsLong(one), most)) {
          groups.add(next);
          next = new ArrayList<>();
          bytes = 0;
        }
        next.add(one);
        bytes += size.applyAsLong(one);
      }
    }
    if (!next.isEmpty()) {
      groups.add(next);
    }
    return groups;
  }

  /** Whoever is alone always has room. */
  private static boolean isRoom(int count, long bytes, long more, long most) {
    return count == 0 || (count < MOST_AT_ONCE && bytes + more <= most);
  }
}
