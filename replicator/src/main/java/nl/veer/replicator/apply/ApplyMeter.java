package nl.veer.replicator.apply;

import java.time.Clock;
import java.time.Duration;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.replicator.stamp.Stamp;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What apply has done in this process's life. Written by the applier, read by any thread. */
public final class ApplyMeter {
  /** Lags beyond a year are recorded as a year. */
  private static final long LONGEST_LAG_MILLIS = Duration.ofDays(365).toMillis();

  private final Clock clock;
  private final Histogram lag = new Histogram(LONGEST_LAG_MILLIS, 3);
  private long lastLagMillis;
  private long transactions;
  private long events;
  private long replays;
  private long logEnd;
  private long waitingBytes;
  private boolean consistent;
  private @Nullable Stamp stamp;

  public ApplyMeter(Clock clock) {
    this.clock = clock;
  }

  /**
   * All meters at one moment.
   *
   * @param consistent whether the target equals the source at one position now: all loads are
   *     passed and nothing waits
   */
  public record Reading(
      @Nullable Stamp stamp,
      long transactions,
      long events,
      long recordsBehind,
      long waitingBytes,
      boolean consistent,
      long lastLagMillis,
      long p50LagMillis,
      long p99LagMillis,
      long maxLagMillis) {}

  public synchronized Reading read() {
    Stamp last = stamp;
    return new Reading(
        last,
        transactions,
        events,
        last == null ? 0 : Math.max(0, logEnd - last.logOffset()),
        waitingBytes,
        consistent,
        lastLagMillis,
        lag.getValueAtPercentile(50),
        lag.getValueAtPercentile(99),
        lag.getMaxValue());
  }

  synchronized void stamped(Stamp stamp) {
    this.stamp = stamp;
    logEnd = Math.max(logEnd, stamp.logOffset());
  }

  synchronized void logEnds(long offset) {
    logEnd = offset;
  }

  synchronized void waiting(long bytes) {
    waitingBytes = bytes;
  }

  synchronized void replayed() {
    replays++;
  }

  /** Batches that had to be replayed one by one. */
  public synchronized long replays() {
    return replays;
  }

  synchronized void applied(TransactionEnd end, long changes) {
    transactions++;
    events += changes;
    long millis = Duration.between(end.committedAt(), clock.instant()).toMillis();
    lastLagMillis = Math.max(0, Math.min(LONGEST_LAG_MILLIS, millis));
    lag.recordValue(lastLagMillis);
  }

  /**
   * Once true it stays so: from then on every commit leaves the target equal at a position. The
   * lags until then are the load's backlog; they are forgotten.
   */
  synchronized void consistent(boolean nothingWaits) {
    if (nothingWaits && !consistent) {
      consistent = true;
      lag.reset();
    }
  }
}
