package nl.veer.control.dashboard.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the replicators of a wave's leg apply in a day, from one of their words to the next.
 * The log's numbers have no gaps, so that over a change of process the transactions stay exact; the
 * rows do where nothing was applied unseen, and else are not known until the next day. Owned by one
 * thread.
 */
final class AppliedCount {
  private final ZoneId zone;
  private Instant since;
  private long transactions;

  /** Null if some were applied that nobody counted. */
  private @Nullable Long rows = 0L;

  private @Nullable RoleCount last;
  private boolean silent = true;

  /**
   * @param zone whose midnight begins the count anew
   */
  AppliedCount(ZoneId zone, Instant now) {
    this.zone = zone;
    this.since = now;
  }

  /**
   * @param next what the replicator says now; null if it says nothing
   */
  void hear(Instant now, @Nullable RoleCount next) {
    silent = next == null;
    if (next != null) {
      count(now, next);
    }
    if (!day(now).equals(day(since))) {
      begin(now);
      // What was applied since the last word may have been before midnight.
      last = next;
    }
  }

  private void count(Instant now, RoleCount next) {
    RoleCount before = last;
    if (before == null || isNothing(before)) {
      begin(now);
    } else if (next.follows(before)) {
      transactions += next.transactions() - before.transactions();
      add(next.rows() - before.rows());
    } else if (next.number() == 0) {
      // It has not looked yet where it is.
      silent = true;
      return;
    } else if (next.number() < before.number()) {
      begin(now);
    } else {
      transactions += next.number() - before.number();
      if (next.number() - next.transactions() == before.number()) {
        add(next.rows());
      } else {
        rows = null;
      }
    }
    last = next;
  }

  private static boolean isNothing(RoleCount count) {
    return count.number() == 0 && count.transactions() == 0;
  }

  private void begin(Instant now) {
    since = now;
    transactions = 0;
    rows = 0L;
  }

  private void add(long more) {
    Long known = rows;
    rows = known == null ? null : (Long) (known + more);
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }

  Applied now() {
    return silent || last == null
        ? new Applied(null, null, since)
        : new Applied(transactions, rows, since);
  }
}
