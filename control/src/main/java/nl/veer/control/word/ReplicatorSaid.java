package nl.veer.control.word;

import org.jspecify.annotations.Nullable;

/**
 * How far a replicator is.
 *
 * @param applied position of the stamp; null before the first
 * @param transaction number of the last applied transaction; 0 before the first
 * @param transactions applied since the process began
 * @param events since then
 * @param logBytesBehind read and not applied, plus what waits in the topic as records
 */
public record ReplicatorSaid(
    @Nullable String applied,
    long transaction,
    long transactions,
    long events,
    long logBytesBehind,
    long logRecordsBehind,
    Lag lag,
    Load load)
    implements Said {

  /** Milliseconds from source commit to target commit, as the replicator counts them. */
  public record Lag(long age, long last, long p50, long p99, long max) {}

  /**
   * The load of all tables together.
   *
   * @param estimatedRows the source's own estimate
   * @param rowsPerSecond of the tables that are under way
   */
  public record Load(
      int tables, int complete, long rows, long estimatedRows, long bytes, double rowsPerSecond) {}

  @Override
  public String gist() {
    return load.complete + "/" + load.tables;
  }
}
