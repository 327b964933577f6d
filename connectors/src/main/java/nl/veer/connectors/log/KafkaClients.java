package nl.veer.connectors.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes Kafka's clients with the settings that the log's promises rest on. The user's own
 * properties cannot override those.
 */
final class KafkaClients {
  /** One fetch; together with the batch being worked on it must fit into a small heap. */
  private static final int FETCH_BYTES = 4 << 20;

  private static final int POLL_RECORDS = 500;

  /** A full one is sent at once, a smaller one when the Kafka transaction is committed. */
  private static final int BATCH_BYTES = 128 << 10;

  private static final int ANSWER_MILLIS = 20_000;

  /** A fetch without the records that it brings, as Kafka's own client has it. */
  private static final int FETCH_MILLIS = 30_000;

  /**
   * How long a broker keeps a fetch of which there is nothing yet. Until it answers, the reader can
   * neither look elsewhere nor be closed: Kafka's own half second, several times at each start.
   */
  private static final int IDLE_MILLIS = 100;

  /** A reader has nothing to say at its end that would be worth a longer wait. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  /** An open Kafka transaction keeps readers from going on; nobody shall wait longer. */
  private static final int TRANSACTION_MILLIS = 60_000;

  /** The slowest link that carries the largest record; a slower one times out. */
  private static final int SLOWEST_LINK_BYTES_PER_SECOND = 4 << 20;

  /** What a hasty producer holds that is not delivered. */
  private static final int HASTY_BYTES = 1 << 20;

  private KafkaClients() {}

  static Admin admin(KafkaEndpoint kafka) {
    Map<String, Object> settings = common(kafka);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS / 2);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    return Admin.create(settings);
  }

  /** A record that is larger than a fetch comes all the same, alone. */
  static Consumer<byte[], byte[]> consumer(KafkaEndpoint kafka, int maxRecordBytes) {
    Map<String, Object> settings = common(kafka);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, IDLE_MILLIS);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    settings.putIfAbsent(
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, FETCH_MILLIS + transferMillis(maxRecordBytes));
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Closes a reader, also while its broker is silent. */
  static void close(Consumer<byte[], byte[]> consumer) {
    consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
  }

  /** A producer whose transactional id fences every earlier one of the same id. */
  static Producer<byte[], byte[]> producer(
      KafkaEndpoint kafka, String transactionalId, TopicConfig topic) {
    int transfer = transferMillis(topic.maxRecordBytes());
    Map<String, Object> settings = common(kafka);
    settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, topic.maxRequestBytes());
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) topic.maxRequestBytes() + BATCH_BYTES);
    settings.putIfAbsent(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS + 2 * transfer);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_MILLIS + transfer);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS / 2 + transfer);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * ANSWER_MILLIS + 2 * transfer);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A producer of small records that stand for themselves; any number may write. */
  static Producer<byte[], byte[]> producer(KafkaEndpoint kafka) {
    Map<String, Object> settings = common(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A producer of small records that are of use only now: one that cannot be delivered soon is
   * dropped, and sending holds nobody up for longer.
   *
   * @param soon for a record, from its sending to the broker's word
   * @param block for a send that has no room, or knows no broker
   */
  static Producer<byte[], byte[]> hastyProducer(
      KafkaEndpoint kafka, Duration soon, Duration block) {
    Map<String, Object> settings = common(kafka);
    settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) HASTY_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) block.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) soon.toMillis() / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) soon.toMillis());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** What the largest record may take. */
  static int transferMillis(int maxRecordBytes) {
    return (int) (1_000L * maxRecordBytes / SLOWEST_LINK_BYTES_PER_SECOND);
  }

  private static Map<String, Object> common(KafkaEndpoint kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    return settings;
  }
}
