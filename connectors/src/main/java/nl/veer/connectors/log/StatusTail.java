package nl.veer.connectors.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a migration's status topic from its beginning to its end, and follows it from there. Holds
 * no more than what one poll brings. Owned by one thread.
 */
public final class StatusTail implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** When nothing comes for so long, the broker is asked whether it is there. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

  /** What is longer was not said by Veer; it is not looked at. */
  private static final int LONGEST_BYTES = 64 << 10;

  private final TopicPartition topic;
  private final Consumer<byte[], byte[]> consumer;
  private final long endAtOpening;
  private boolean atEnd;
  private long heardNanos = System.nanoTime();

  private StatusTail(TopicPartition topic, Consumer<byte[], byte[]> consumer, long endAtOpening) {
    this.topic = topic;
    this.consumer = consumer;
    this.endAtOpening = endAtOpening;
    this.atEnd = consumer.position(topic, ANSWER) >= endAtOpening;
  }

  /**
   * Opens it at its beginning.
   *
   * @return empty if there is no such topic: nobody has said anything yet
   * @throws Failure as Kafka says
   */
  public static Optional<StatusTail> open(KafkaEndpoint kafka, String migration) {
    TopicPartition topic = new TopicPartition(StatusTopic.name(migration), 0);
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = KafkaClients.consumer(kafka, LONGEST_BYTES);
      List<PartitionInfo> known = consumer.partitionsFor(topic.topic(), ANSWER);
      if (known == null || known.isEmpty()) {
        KafkaClients.close(consumer);
        return Optional.empty();
      }
      consumer.assign(List.of(topic));
      consumer.seekToBeginning(List.of(topic));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(topic), ANSWER).get(topic));
      return Optional.of(new StatusTail(topic, consumer, end));
    } catch (RuntimeException e) {
      if (consumer != null) {
        KafkaClients.close(consumer);
      }
      throw KafkaFailures.of("read topic " + topic.topic(), e);
    }
  }

  /**
   * What has come since, in its order; nothing if nothing came within this time.
   *
   * @throws Failure as Kafka says; LOG_LOST where the topic was made anew
   */
  public List<StatusRecord> poll(Duration wait) {
    try {
      List<StatusRecord> records = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait).records(topic)) {
        if (record.key() != null
            && (record.value() == null || record.value().length <= LONGEST_BYTES)) {
          records.add(
              new StatusRecord(
                  new String(record.key(), UTF_8),
                  record.value() == null ? null : new String(record.value(), UTF_8),
                  Instant.ofEpochMilli(record.timestamp())));
        }
      }
      atEnd = atEnd || consumer.position(topic, ANSWER) >= endAtOpening;
      requireBroker(!records.isEmpty());
      return records;
    } catch (RuntimeException e) {
      throw KafkaFailures.of("read topic " + topic.topic(), e);
    }
  }

  /** A consumer hears no difference between a silent topic and a broker that is away. */
  private void requireBroker(boolean heard) {
    long now = System.nanoTime();
    if (!heard && now - heardNanos > LONGEST_SILENCE.toNanos()) {
      consumer.endOffsets(List.of(topic), ANSWER);
      heardNanos = now;
    } else if (heard) {
      heardNanos = now;
    }
  }

  /** Whether everything was read that was there at the opening: what comes now is said now. */
  public boolean isAtEnd() {
    return atEnd;
  }

  @Override
  public void close() {
    KafkaClients.close(consumer);
  }
}
