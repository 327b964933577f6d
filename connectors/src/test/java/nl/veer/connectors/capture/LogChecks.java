package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a log with Kafka's consumer and Confluent's deserializer and nothing of Veer's own, and
 * applies the contract's rules to the headers.
 */
final class LogChecks {

  record Seen(long transactions, long changes, List<GenericRecord> values) {}

  private LogChecks() {}

  /** Fails unless the log is numbered 1, 2, 3 … with whole transactions, torn tails superseded. */
  static Seen requireGaplessLog(CaptureWorld world, CaptureWorld.Source source) {
    long complete = 0;
    long open = 0;
    long order = 0;
    long changes = 0;
    List<GenericRecord> values = new ArrayList<>();
    List<GenericRecord> seen = new ArrayList<>();
    String lastPosition = "";
    for (ConsumerRecord<byte[], Object> record : read(world, source.wave.logTopic())) {
      String kind = text(record, "veer.kind");
      if (kind.equals("O")) {
        assertThat(complete).isZero();
        continue;
      }
      long tx = number(record, "veer.tx");
      long at = number(record, "veer.order");
      GenericRecord value = (GenericRecord) record.value();
      if (kind.equals("B")) {
        assertThat(tx).as("BEGIN at %s", record.offset()).isEqualTo(complete + 1);
        assertThat(value.get("status")).hasToString("BEGIN");
        open = tx;
        order = 0;
        seen.clear();
      } else {
        assertThat(tx).isEqualTo(open);
        assertThat(at).as("order at %s", record.offset()).isEqualTo(++order);
        if (kind.equals("E")) {
          assertThat(value.get("event_count")).isEqualTo(order - 1);
          assertThat(text(record, "veer.position")).isNotEqualTo(lastPosition);
          lastPosition = text(record, "veer.position");
          complete = tx;
          changes += order - 1;
          open = 0;
          values.addAll(seen);
        } else {
          seen.add(value);
        }
      }
    }
    assertThat(complete).isPositive();
    return new Seen(complete, changes, values);
  }

  private static List<ConsumerRecord<byte[], Object>> read(CaptureWorld world, String topic) {
    KafkaAvroDeserializer avro = new KafkaAvroDeserializer();
    avro.configure(Map.of("schema.registry.url", world.registry.url()), false);
    TopicPartition log = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], Object>> records = new ArrayList<>();
    @SuppressWarnings("unchecked")
    org.apache.kafka.common.serialization.Deserializer<Object> values =
        (org.apache.kafka.common.serialization.Deserializer<Object>) (Object) avro;
    try (KafkaConsumer<byte[], Object> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", world.kafka.bootstrap(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            values)) {
      consumer.assign(List.of(log));
      consumer.seekToBeginning(List.of(log));
      long end = java.util.Objects.requireNonNull(consumer.endOffsets(List.of(log)).get(log));
      while (consumer.position(log) < end) {
        consumer.poll(Duration.ofMillis(200)).records(log).forEach(records::add);
      }
    }
    return records;
  }

  private static String text(ConsumerRecord<?, ?> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  private static long number(ConsumerRecord<?, ?> record, String header) {
    return ByteBuffer.wrap(record.headers().lastHeader(header).value()).getLong();
  }
}
