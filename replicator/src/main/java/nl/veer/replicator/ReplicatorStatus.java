package nl.veer.replicator;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a replicator has done so far, at one moment.
 *
 * @param applied the stamp's position: the target equals the source there; null before the first
 * @param transaction number of the last applied transaction; 0 before the first
 * @param transactions applied since this process began
 * @param events changes applied since this process began
 * @param batches that were applied since this process began
 * @param retries how often something was tried again after a failure, since this process began
 * @param logBytesBehind bytes of the log that were read but not applied, plus what waits in the
 *     topic as records
 * @param logRecordsBehind records of the log behind the stamp
 * @param lag from source commit to target commit, over this process's life
 * @param loads one per table of the wave
 * @param failure the incident, what is retried, or why it stopped; null while all is well
 */
public record ReplicatorStatus(
    State state,
    @Nullable Position applied,
    long transaction,
    long transactions,
    long events,
    Batches batches,
    long retries,
    long logBytesBehind,
    long logRecordsBehind,
    Lag lag,
    List<LoadProgress> loads,
    @Nullable Failure failure) {

  /** What a replicator is doing. */
  public enum State {
    STARTING,
    LOADING,
    /**
     * Loaded, but some table's boundary is not passed or transactions wait: no promise of equality
     * yet.
     */
    CATCHING_UP,
    REPLICATING,
    RETRYING,
    INCIDENT,
    STOPPED,
    FAILED
  }

  /**
   * Batches and their time; their mean size is that of the changes by their count.
   *
   * @param count a transaction that is too large for one counts as one
   * @param replayed of those, again and in smaller parts, for the target did not take their net
   *     effect
   * @param time from the first statement to the commit, summed up
   */
  public record Batches(long count, long replayed, Duration time) {
    public static final Batches NONE = new Batches(0, 0, Duration.ZERO);
  }

  /**
   * Milliseconds from source commit to target commit; all 0 before the first transaction.
   *
   * @param ageMillis since the source committed what was applied last, by this process or an
   *     earlier one: grows while nothing is applied
   */
  public record Lag(
      long ageMillis, long lastMillis, long p50Millis, long p99Millis, long maxMillis) {}

  /**
   * How far a table's load is.
   *
   * @param estimatedRows the source's own estimate, 0 if it has none
   * @param rowsPerSecond over the load so far
   */
  public record LoadProgress(
      TableId table,
      boolean complete,
      long rows,
      long estimatedRows,
      long bytes,
      double rowsPerSecond) {}

  public ReplicatorStatus {
    loads = List.copyOf(loads);
  }
}
