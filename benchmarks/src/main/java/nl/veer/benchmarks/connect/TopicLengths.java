package nl.veer.benchmarks.connect;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How many records the topics of one partition hold. For one thread. */
public final class TopicLengths implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;

  public TopicLengths(String bootstrap) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "allow.auto.create.topics", false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** The records of a topic; none, if it is not there yet. */
  public long of(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    if (!consumer.listTopics().containsKey(topic)) {
      return 0;
    }
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
