package nl.veer.connectors.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import nl.veer.connectors.event.WaveId;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A wave's control topic: JSON records of what is done with the wave, for whoever follows along. Of
 * each key the last record is kept. It only tells; what is true stands in the target. A record that
 * was put is in as many copies as the broker asks for. Owned by one thread.
 */
public final class ControlTopic implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final Producer<byte[], byte[]> producer;

  private ControlTopic(String name, Producer<byte[], byte[]> producer) {
    this.name = name;
    this.producer = producer;
  }

  /** {@code veer.<migration>.<wave>.control}. */
  public static String name(WaveId wave) {
    return "veer." + wave.migration() + "." + wave.wave() + ".control";
  }

  /**
   * Opens it for writing, and makes it if it is not there.
   *
   * @throws nl.veer.connectors.failure.Failure as Kafka says; CONFIGURATION if one is there that
   *     does not keep what it is told
   */
  public static ControlTopic open(KafkaEndpoint kafka, WaveId wave, TopicConfig config) {
    String name = name(wave);
    try (Admin admin = KafkaClients.admin(kafka)) {
      CompactedTopic.make(admin, kafka, name, config, Map.of());
      return new ControlTopic(name, KafkaClients.producer(kafka));
    } catch (Exception e) {
      throw KafkaFailures.of("open topic " + name, e);
    }
  }

  /**
   * Returns when the record is written.
   *
   * @throws nl.veer.connectors.failure.Failure as Kafka says
   */
  public void put(String key, String json) {
    try {
      producer.send(new ProducerRecord<>(name, key.getBytes(UTF_8), json.getBytes(UTF_8))).get();
    } catch (ExecutionException | InterruptedException | RuntimeException e) {
      throw KafkaFailures.of("write to topic " + name, e);
    }
  }

  /** Deletes the topic and every record in it; nothing happens if there is none. */
  public static void delete(KafkaEndpoint kafka, WaveId wave) {
    CompactedTopic.delete(kafka, name(wave));
  }

  @Override
  public void close() {
    producer.close(CLOSE_PATIENCE);
  }
}
