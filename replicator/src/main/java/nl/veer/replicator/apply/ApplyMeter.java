package nl.veer.replicator.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.replicator.stamp.Stamp;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What apply has done in this process's life. Written by the applier, read by any thread. */
public final class ApplyMeter {
  /** Lags beyond a year are recorded as a year. */
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final long LONGEST_LAG_MILLIS = Duration.ofDays(365).toMillis();

  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Histogram lag = new Histogram(LONGEST_LAG_MILLIS, 3);
  private long lastLagMillis;
  private long transactions;
  private long events;
  private long open;
  private long replays;
  private long batches;
  private long batchNanos;
  private long logEnd;
  private long waitingBytes;
  private boolean consistent;
  private @Nullable Stamp stamp;
  private long stampedNanos;

  public ApplyMeter(Clock clock) {
    this(clock, System::nanoTime);
  }

  ApplyMeter(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * All meters at one moment.
   *
   * @param batchNanos from each batch's first statement to its commit, summed up
   * @param ageMillis since the source committed what was applied last; it grows while nothing is,
   *     also when this machine's clock is set back
   * @param consistent whether the target equals the source at one position now: all loads are
   *     passed and nothing waits
   */
  public record Reading(
      @Nullable Stamp stamp,
      long transactions,
      long events,
      long batches,
      long replays,
      long batchNanos,
      long recordsBehind,
      long waitingBytes,
      boolean consistent,
      long ageMillis,
      long lastLagMillis,
      long p50LagMillis,
      long p99LagMillis,
      long maxLagMillis) {}

  public synchronized Reading read() {
    Stamp last = stamp;
    return new Reading(
        last,
        transactions,
        events + open,
        batches,
        replays,
        batchNanos,
        last == null ? 0 : Math.max(0, logEnd - last.logOffset()),
        waitingBytes,
        consistent,
        last == null || last.committedAt() == null ? 0 : ageOf(last.committedAt()),
        lastLagMillis,
        lag.getValueAtPercentile(50),
        lag.getValueAtPercentile(99),
        lag.getMaxValue());
  }

  synchronized void stamped(Stamp stamp) {
    this.stamp = stamp;
    stampedNanos = nanoTime.getAsLong();
    logEnd = Math.max(logEnd, stamp.logOffset());
  }

  synchronized void logEnds(long offset) {
    logEnd = offset;
  }

  synchronized void waiting(long bytes) {
    waitingBytes = bytes;
  }

  /** A batch was committed. */
  synchronized void batch(long nanos) {
    batches++;
    batchNanos += nanos;
  }

  synchronized void replayed() {
    replays++;
  }

  /** Batches that had to be replayed in smaller parts. */
  public synchronized long replays() {
    return replays;
  }

  /**
   * Changes that are written in a transaction that goes on: a large one shall be seen to move. They
   * count as applied in the end, or not at all.
   */
  synchronized void open(long changes) {
    open = changes;
  }

  synchronized void applied(TransactionEnd end, long changes) {
    transactions++;
    open = 0;
    events += changes;
    lastLagMillis = lagOf(end.committedAt());
    lag.recordValue(lastLagMillis);
  }

  private long ageOf(Instant commit) {
    long sinceStamped = (nanoTime.getAsLong() - stampedNanos) / NANOS_PER_MILLI;
    return Math.max(lagOf(commit), Math.min(LONGEST_LAG_MILLIS, sinceStamped));
  }

  private long lagOf(Instant commit) {
    long millis = Duration.between(commit, clock.instant()).toMillis();
    return Math.max(0, Math.min(LONGEST_LAG_MILLIS, millis));
  }

  /** A table is loaded: until its boundary is passed the target equals no position. */
  public synchronized void loading() {
    consistent = false;
  }

  /**
   * Once true it stays so until the next load: every commit leaves the target equal at a position.
   * The lags until then are the load's backlog; they are forgotten.
   */
  synchronized void consistent(boolean nothingWaits) {
    if (nothingWaits && !consistent) {
      consistent = true;
      lag.reset();
    }
  }
}
