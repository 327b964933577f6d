package nl.veer.connectors.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A migration's status topic, {@code veer.<migration>.status}: what each role says of itself, as
 * JSON, of each key the last. It only tells.
 */
public final class StatusTopic implements StatusOutlet {
  /** After that, the next word is of more use than this one. */
  private static final Duration SOON = Duration.ofSeconds(3);

  private static final Duration BLOCK = Duration.ofMillis(500);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  /**
   * The broker's clock is on each record, so that one clock dates them all. Small segments, for
   * only those that are full are compacted, and who begins to read reads everything.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "message.timestamp.type", "LogAppendTime",
          "segment.bytes", Integer.toString(1 << 20),
          "segment.index.bytes", Integer.toString(64 << 10),
          "segment.ms", Long.toString(Duration.ofMinutes(10).toMillis()),
          "min.cleanable.dirty.ratio", "0.1",
          "delete.retention.ms", Long.toString(Duration.ofHours(1).toMillis()));

  private final String name;
  private final Producer<byte[], byte[]> producer;

  /** Set by Kafka's own thread. */
  private volatile @Nullable Exception refused;

  private StatusTopic(String name, Producer<byte[], byte[]> producer) {
    this.name = name;
    this.producer = producer;
  }

  /** A migration is called as a wave may be, so this is one of Kafka's names. */
  public static String name(String migration) {
    if (!WaveId.isValid(migration)) {
      throw new IllegalArgumentException("Not a migration's name: " + migration);
    }
    return "veer." + migration + ".status";
  }

  /**
   * Opens it for writing, and makes it if it is not there.
   *
   * @throws Failure as Kafka says; CONFIGURATION if one is there that does not keep what it is told
   */
  public static StatusTopic open(KafkaEndpoint kafka, String migration, TopicConfig config) {
    String name = name(migration);
    try (Admin admin = KafkaClients.admin(kafka)) {
      CompactedTopic.make(admin, kafka, name, config, SETTINGS);
    } catch (Exception e) {
      throw KafkaFailures.of("open topic " + name, e);
    }
    return existing(kafka, migration);
  }

  /**
   * Opens one that is there for writing, whatever its settings: to take words back.
   *
   * @throws Failure as Kafka says
   */
  public static StatusTopic existing(KafkaEndpoint kafka, String migration) {
    String name = name(migration);
    try {
      return new StatusTopic(name, KafkaClients.hastyProducer(kafka, SOON, BLOCK));
    } catch (RuntimeException e) {
      throw KafkaFailures.of("open topic " + name, e);
    }
  }

  /** Returns at once; without a broker after half a second. */
  @Override
  public void say(String key, String json) {
    send(key, json.getBytes(UTF_8));
  }

  @Override
  public void forget(String key) {
    send(key, null);
  }

  /** Once one was refused, nobody waits for what becomes of others. */
  private void send(String key, byte @Nullable [] value) {
    if (refused != null) {
      return;
    }
    try {
      producer.send(
          new ProducerRecord<>(name, key.getBytes(UTF_8), value),
          (written, error) -> {
            if (error != null) {
              refused = error;
            }
          });
    } catch (RuntimeException e) {
      refused = e;
    }
  }

  @Override
  public Optional<Failure> failure() {
    Exception error = refused;
    return error == null
        ? Optional.empty()
        : Optional.of(KafkaFailures.of("write to topic " + name, error));
  }

  /** Deletes the topic and every record in it; nothing happens if there is none. */
  public static void delete(KafkaEndpoint kafka, String migration) {
    CompactedTopic.delete(kafka, name(migration));
  }

  @Override
  public void close() {
    producer.close(refused == null ? CLOSE_PATIENCE : Duration.ZERO);
  }
}
