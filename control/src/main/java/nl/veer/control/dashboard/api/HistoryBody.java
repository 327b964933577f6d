package nl.veer.control.dashboard.api;

import java.util.ArrayList;
import java.util.List;
import nl.veer.control.dashboard.feed.History;
import org.jspecify.annotations.Nullable;

/**
 * How a wave was, as far as the process remembers that answers: a day at most. Each number is the
 * largest of its step, so that no peak is hidden; null where nothing is known. All lists are as
 * long as {@code at}.
 *
 * @param since ISO 8601 in UTC: from when on something may be known, the asked time ago or the
 *     process's beginning
 * @param stepMillis of time that each entry stands for, from its time on
 * @param at milliseconds since 1970
 * @param replicationLagMillis from source commit to target commit
 * @param verificationLagMillis since the source was where log and echo are balanced; without a
 *     ledger, since the oldest scan
 * @param transactionsPerSecond applied
 * @param differences rows and findings that stood open; 0 only where the wave was proven EQUAL
 */
public record HistoryBody(
    String wave,
    String since,
    long stepMillis,
    List<Long> at,
    List<@Nullable Long> replicationLagMillis,
    List<@Nullable Long> verificationLagMillis,
    List<@Nullable Double> transactionsPerSecond,
    List<@Nullable Long> differences) {

  public static HistoryBody of(String wave, History.Part part) {
    List<Long> at = new ArrayList<>();
    List<@Nullable Long> replication = new ArrayList<>();
    List<@Nullable Long> verification = new ArrayList<>();
    List<@Nullable Double> transactions = new ArrayList<>();
    List<@Nullable Long> differences = new ArrayList<>();
    for (History.Point point : part.points()) {
      at.add(point.at().toEpochMilli());
      replication.add(whole(point.replicationLagMillis()));
      verification.add(whole(point.verificationLagMillis()));
      transactions.add(point.transactionsPerSecond());
      differences.add(whole(point.differences()));
    }
    return new HistoryBody(
        wave,
        part.since().toString(),
        part.step().toMillis(),
        at,
        replication,
        verification,
        transactions,
        differences);
  }

  private static @Nullable Long whole(@Nullable Double value) {
    return value == null ? null : (Long) Math.round(value);
  }
}
