package nl.veer.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.sandbox.link.Link;
import nl.veer.sandbox.process.FreePorts;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxKafkaIT {
  private static final TopicPartition LOG = new TopicPartition("log", 0);

  @TempDir Path directory;

  @Test
  void keepsTransactionsAndItsAddressAcrossRestarts() throws Exception {
    String bootstrap;
    try (SandboxKafka kafka = SandboxKafka.start(directory)) {
      bootstrap = kafka.bootstrap();
      createTopic(bootstrap);
      write(bootstrap, "first");

      kafka.restart();

      write(bootstrap, "second");
      assertThat(read(bootstrap, 2)).containsExactly("first", "second");
    }
    try (SandboxKafka again = SandboxKafka.start(directory)) {
      assertThat(again.bootstrap()).isEqualTo(bootstrap);
      assertThat(read(bootstrap, 2)).containsExactly("first", "second");
    }
  }

  @Test
  void aKilledBrokerKeepsWhatItAcknowledgedAndItsAddress() throws Exception {
    long pid;
    try (KafkaProcess kafka = KafkaProcess.start(directory)) {
      String bootstrap = kafka.bootstrap();
      createTopic(bootstrap);
      write(bootstrap, "first");

      kafka.stop(true);
      assertThat(kafka.isRunning()).isFalse();
      kafka.resume();
      write(bootstrap, "second");
      kafka.stop(false);
      kafka.resume();

      assertThat(kafka.bootstrap()).isEqualTo(bootstrap);
      assertThat(read(bootstrap, 2)).containsExactly("first", "second");
      pid = kafka.pid();
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  private static void createTopic(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin
          .createTopics(List.of(new NewTopic("log", Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  @Test
  void keepsItsClientsOnTheLinkThatTheyComeThrough() throws Exception {
    int advertised = FreePorts.any();
    try (SandboxKafka kafka = SandboxKafka.startTemporary(List.of(advertised));
        Link link = Link.at(advertised, kafka.behind(advertised));
        Admin direct = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
        Admin linked = Admin.create(Map.of("bootstrap.servers", link.address()))) {
      assertThat(linked.describeCluster().nodes().get())
          .allSatisfy(node -> assertThat(node.port()).isEqualTo(link.port()));
      assertThat(direct.describeCluster().nodes().get())
          .allSatisfy(node -> assertThat(node.port()).isEqualTo(kafka.port()));
    }
  }

  private static void write(String bootstrap, String value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "transactional.id", "log.writer"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("log", value.getBytes(StandardCharsets.UTF_8)));
      producer.commitTransaction();
    }
  }

  private static List<String> read(String bootstrap, int count) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(LOG));
      consumer.seekToBeginning(List.of(LOG));
      List<String> values = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
      }
      return values;
    }
  }
}
