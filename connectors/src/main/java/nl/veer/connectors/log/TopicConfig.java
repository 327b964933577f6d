package nl.veer.connectors.log;

/**
 * What a log's topic is created with. Retention is unlimited.
 *
 * @param replicationFactor copies of the log, 1 to the number of brokers
 * @param minInsyncReplicas copies that must hold a record before it counts as written
 * @param maxRecordBytes the largest record, which is one change of one row, before compression;
 *     topic, writer and readers follow it
 */
public record TopicConfig(int replicationFactor, int minInsyncReplicas, int maxRecordBytes) {
  /** What a broker with stock settings takes (it reads requests of 100 MiB at most). */
  public static final int STOCK_RECORD_BYTES = 64 << 20;

  /** Length prefixes, the batch's head, and what compressing adds to what cannot be compressed. */
  private static final int AROUND_RECORD_BYTES = 1 << 20;

  /** With the largest record that stock brokers take. */
  public TopicConfig(int replicationFactor, int minInsyncReplicas) {
    this(replicationFactor, minInsyncReplicas, STOCK_RECORD_BYTES);
  }

  /** The largest batch or request that one record makes. */
  public int maxRequestBytes() {
    return maxRecordBytes + AROUND_RECORD_BYTES;
  }
}
