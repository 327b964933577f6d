package nl.veer.connectors.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.codec.EventDecoder;
import nl.veer.connectors.event.codec.SchemaIds;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.RegularLook;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from Kafka. A topic that was deleted, made anew or cut short is noticed: at opening,
 * at every look at the ends, and every few seconds of reading, because a new topic of the same name
 * may have grown past the place where this reader stands. Owned by one thread.
 */
public final class KafkaLogReader implements LogReader {
  /** How often the topic is looked at while reading. */
  private static final Duration IDENTITY_INTERVAL = Duration.ofSeconds(5);

  /** One that was opened long before a leg begins is due, while writes are refused. */
  private static final Duration AFTER_SEEK = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition log;
  private final LogTopic topic;
  private final EventDecoder decoder;
  private final AutoCloseable registry;
  private final String logId;

  /** The topic's id by now; nobody who waits for a record waits for it. */
  private final RegularLook<Optional<String>> identity;

  /**
   * Opens a log for reading, at its begin.
   *
   * @throws Failure LOST_POSITION if the topic does not exist, CONFIGURATION, TRANSIENT
   */
  public static KafkaLogReader open(
      KafkaEndpoint kafka, RegistryEndpoint registry, LogId log, TopicConfig config) {
    LogTopic topic = new LogTopic(kafka, log);
    String id = topic.idForSure().orElseThrow(() -> lost(log.logTopic(), "it does not exist"));
    AvroRegistry schemas = new AvroRegistry(registry, log);
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = KafkaClients.consumer(kafka, config.maxRecordBytes());
      return new KafkaLogReader(consumer, topic, log, id, schemas, schemas);
    } catch (RuntimeException e) {
      schemas.close();
      if (consumer != null) {
        KafkaClients.close(consumer);
      }
      throw KafkaFailures.of("open topic " + log.logTopic(), e);
    }
  }

  private KafkaLogReader(
      Consumer<byte[], byte[]> consumer,
      LogTopic topic,
      LogId name,
      String logId,
      SchemaIds schemas,
      AutoCloseable registry) {
    this.consumer = consumer;
    this.topic = topic;
    this.log = new TopicPartition(name.logTopic(), 0);
    this.logId = logId;
    this.decoder = new EventDecoder(schemas, name.logTopic());
    this.registry = registry;
    consumer.assign(List.of(log));
    this.identity =
        RegularLook.aside("veer-topic-" + name.logTopic(), topic::idForSure, IDENTITY_INTERVAL);
    seek(beginOffset());
  }

  @Override
  public String logId() {
    return logId;
  }

  @Override
  public long beginOffset() {
    return ask(
        "find the begin",
        () -> Objects.requireNonNull(consumer.beginningOffsets(List.of(log)).get(log)));
  }

  @Override
  public long endOffset() {
    long end =
        ask(
            "find the end",
            () -> Objects.requireNonNull(consumer.endOffsets(List.of(log)).get(log)));
    if (ask("find its place", () -> consumer.position(log)) > end) {
      requireSameTopic();
      throw lost(log.topic(), "it ends at " + end + ", before the place where this reader stands");
    }
    return end;
  }

  @Override
  public boolean isAtEnd() {
    long end = endOffset();
    return ask("find its place", () -> consumer.position(log)) >= end;
  }

  @Override
  public void seek(long offset) {
    long begin = beginOffset();
    long end =
        ask(
            "find the end",
            () -> Objects.requireNonNull(consumer.endOffsets(List.of(log)).get(log)));
    if (offset < begin || offset > end) {
      throw lost(
          log.topic(),
          "it holds the offsets " + begin + " to " + end + ", but " + offset + " is wanted");
    }
    consumer.seek(log, offset);
    identity.notWithin(AFTER_SEEK);
  }

  @Override
  public List<LoggedEvent> poll(Duration timeout) {
    lookAtTopic();
    List<ConsumerRecord<byte[], byte[]>> records =
        ask("read", () -> consumer.poll(timeout).records(log));
    List<LoggedEvent> events = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        LogEvent event = decoder.decodeEvent(record.offset(), record.value(), record.headers());
        if (event != null) {
          events.add(
              new LoggedEvent(record.offset(), size(record.value(), record.headers()), event));
        }
      } catch (Failure failure) {
        // Whoever polls again meets it again: what was polled with it is not passed over.
        consumer.seek(log, record.offset());
        if (events.isEmpty()) {
          throw failure;
        }
        return events;
      }
    }
    return events;
  }

  @Override
  public void close() {
    identity.close();
    try {
      KafkaClients.close(consumer);
    } catch (RuntimeException e) {
      throw KafkaFailures.of("close topic " + log.topic(), e);
    } finally {
      closeRegistry();
    }
  }

  private void closeRegistry() {
    try {
      registry.close();
    } catch (Exception e) {
      throw new Failure(FailureKind.BUG, "CLOSE", "The registry client did not close.", e);
    }
  }

  /** Sees from time to time whether the topic is the one that it was; never waits. */
  void lookAtTopic() {
    identity.fresh().ifPresent(this::requireSame);
  }

  private void requireSameTopic() {
    requireSame(topic.idForSure());
    identity.restart();
  }

  private void requireSame(Optional<String> id) {
    String now = id.orElseThrow(() -> lost(log.topic(), "it was deleted"));
    if (!now.equals(logId)) {
      throw lost(log.topic(), "it was deleted and made anew");
    }
  }

  /** Bytes of a record, about. */
  static int size(byte @Nullable [] value, Headers headers) {
    int size = value == null ? 0 : value.length;
    for (Header header : headers) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  private <T> T ask(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      throw KafkaFailures.of(what + " in topic " + log.topic(), e);
    }
  }

  private static Failure lost(String topic, String why) {
    return new Failure(
        FailureKind.LOST_POSITION,
        "LOG_LOST",
        "The log " + topic + " has lost its place: " + why + ". Load anew: veer load --again.");
  }
}
