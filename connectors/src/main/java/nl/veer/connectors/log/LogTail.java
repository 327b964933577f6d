package nl.veer.connectors.log;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.codec.EventDecoder;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the log's two ends say: at its front where it comes from, at its tail the last transaction
 * that it holds whole. This is the capture's only memory. Records behind the last END are a torn
 * tail; they are superseded by the next transaction.
 *
 * @param source who the source is; null for a log without any origin
 * @param start where the source's slot began; null until the slot was made
 * @param transaction number of the last whole transaction, 0 if there is none
 * @param position its commit position; null if there is none
 * @param endOffset offset behind its END; the front of the log if there is none
 * @param tables the wave's tables by their oids, as they were when the slot was made; null until
 *     then
 * @param witness which of the source's transactions the last one was, as its END says it; null if
 *     there is none, or its END does not say it
 */
public record LogTail(
    @Nullable String source,
    @Nullable Position start,
    long transaction,
    @Nullable Position position,
    long endOffset,
    @Nullable String tables,
    @Nullable String witness) {

  /**
   * First step back from the end; each further one is four times as long. Small, because each
   * record may be as large as one can be; an END is mostly the last.
   */
  private static final long FIRST_STEP = 16;

  /** The origins are the first records; Kafka's own transaction marks stand between them. */
  private static final long ORIGIN_REACH = 64;

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

  public LogTail(
      @Nullable String source,
      @Nullable Position start,
      long transaction,
      @Nullable Position position,
      long endOffset) {
    this(source, start, transaction, position, endOffset, null, null);
  }

  /**
   * Reads both ends. Only what was committed counts, so a writer fences its predecessor first.
   *
   * @throws Failure LOST_POSITION if the topic is gone, TRANSIENT
   */
  public static LogTail read(KafkaEndpoint kafka, LogId log) {
    return read(kafka, log, TopicConfig.STOCK_RECORD_BYTES);
  }

  /**
   * As {@link #read(KafkaEndpoint, WaveId)}, with patience for records of this size.
   *
   * @throws Failure LOST_POSITION if the topic is gone, TRANSIENT
   */
  public static LogTail read(KafkaEndpoint kafka, LogId log, int maxRecordBytes) {
    // A consumer would wait for a topic that is not there, in the hope that somebody makes it.
    new LogTopic(kafka, log).check();
    try {
      Consumer<byte[], byte[]> consumer = KafkaClients.consumer(kafka, maxRecordBytes);
      try {
        Duration patience = LONGEST_SILENCE.plusMillis(KafkaClients.transferMillis(maxRecordBytes));
        return read(consumer, new TopicPartition(log.logTopic(), 0), patience);
      } finally {
        KafkaClients.close(consumer);
      }
    } catch (RuntimeException e) {
      throw KafkaFailures.of("read the tail of topic " + log.logTopic(), e);
    }
  }

  static LogTail read(Consumer<byte[], byte[]> consumer, TopicPartition log) {
    return read(consumer, log, LONGEST_SILENCE);
  }

  private static LogTail read(
      Consumer<byte[], byte[]> consumer, TopicPartition log, Duration patience) {
    consumer.assign(List.of(log));
    long begin = Objects.requireNonNull(consumer.beginningOffsets(List.of(log)).get(log));
    long end = Objects.requireNonNull(consumer.endOffsets(List.of(log)).get(log));
    Origins origins = new Origins();
    scan(consumer, log, begin, Math.min(end, begin + ORIGIN_REACH), origins, patience);
    long to = end;
    for (long step = FIRST_STEP; to > begin; step *= 4) {
      long from = Math.max(begin, to - step);
      LastEnd last = new LastEnd();
      scan(consumer, log, from, to, last, patience);
      if (last.record != null) {
        ConsumerRecord<byte[], byte[]> found = last.record;
        return EventDecoder.reading(log.topic(), found.offset(), () -> found(origins, found));
      }
      to = from;
    }
    return new LogTail(origins.source, origins.start, 0, null, begin, origins.tables, null);
  }

  private static LogTail found(Origins origins, ConsumerRecord<byte[], byte[]> end) {
    return new LogTail(
        origins.source,
        origins.start,
        LogHeaders.place(end.headers()).transaction(),
        LogHeaders.position(end.headers()),
        end.offset() + 1,
        origins.tables,
        LogHeaders.witness(end.headers()));
  }

  private interface Visitor {
    /** Tells whether it wants to see more. */
    boolean visit(ConsumerRecord<byte[], byte[]> record);
  }

  private static final class Origins implements Visitor {
    private @Nullable String source;
    private @Nullable Position start;
    private @Nullable String tables;

    @Override
    public boolean visit(ConsumerRecord<byte[], byte[]> record) {
      if (LogHeaders.kind(record.headers()) != RecordKind.ORIGIN) {
        // Origins are written before the capture begins; behind them, records may be huge.
        return false;
      }
      source = LogHeaders.source(record.headers());
      Position position = LogHeaders.position(record.headers());
      start = position == null ? start : position;
      String named = LogHeaders.tables(record.headers());
      tables = named == null ? tables : named;
      return true;
    }
  }

  private static final class LastEnd implements Visitor {
    private @Nullable ConsumerRecord<byte[], byte[]> record;

    @Override
    public boolean visit(ConsumerRecord<byte[], byte[]> candidate) {
      if (LogHeaders.kind(candidate.headers()) == RecordKind.END) {
        record = candidate;
      }
      return true;
    }
  }

  private static void scan(
      Consumer<byte[], byte[]> consumer,
      TopicPartition log,
      long from,
      long to,
      Visitor visitor,
      Duration patience) {
    consumer.seek(log, from);
    long silentSince = System.nanoTime();
    while (consumer.position(log) < to) {
      List<ConsumerRecord<byte[], byte[]>> records =
          consumer.poll(Duration.ofMillis(200)).records(log);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        // Refuses a record that Veer did not write.
        EventDecoder.isEvent(record.headers(), log.topic(), record.offset());
        if (record.offset() < to
            && !EventDecoder.reading(log.topic(), record.offset(), () -> visitor.visit(record))) {
          return;
        }
      }
      if (!records.isEmpty()) {
        silentSince = System.nanoTime();
      } else if (System.nanoTime() - silentSince > patience.toNanos()) {
        throw new Failure(
            FailureKind.TRANSIENT,
            "KAFKA_UNAVAILABLE",
            "Could not read topic " + log.topic() + ": no answer at offset " + from + ".");
      }
    }
  }
}
