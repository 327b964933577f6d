package nl.veer.connectors.log;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of a log, as somebody else has fetched it.
 *
 * @param offset where it stands in the topic's only partition
 * @param value as it was written; null if it has none
 * @param bytes its size, for bounds on memory
 */
public record FetchedRecord(long offset, byte @Nullable [] value, Headers headers, int bytes) {

  public FetchedRecord(long offset, byte @Nullable [] value, Headers headers) {
    this(offset, value, headers, KafkaLogReader.size(value, headers));
  }
}
