package nl.veer.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.sandbox.kafka.SandboxKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Topics that could lose records are refused, with what mends them. */
class LogTopicIT {
  private static final Map<String, String> SAFE =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", "-1",
          "retention.bytes", "-1",
          "unclean.leader.election.enable", "false");

  private static SandboxKafka broker;

  @BeforeAll
  static void begin() {
    broker = SandboxKafka.startTemporary();
  }

  @AfterAll
  static void end() {
    broker.close();
  }

  @Test
  void acceptsTheTopicThatItMadeAndOneThatIsAsSafe() throws Exception {
    topic("made").create(new TopicConfig(1, 1));
    topic("made").create(new TopicConfig(1, 1));
    make("safe", 1, SAFE);
    topic("safe").create(new TopicConfig(1, 1));
    assertThat(topic("made").id()).isPresent();
  }

  @Test
  void refusesTopicsThatForget() throws Exception {
    refused("forget", 1, Map.of("retention.ms", "1000"), new TopicConfig(1, 1), "retention.ms=-1");
    refused(
        "compact", 1, Map.of("cleanup.policy", "compact"), new TopicConfig(1, 1), "cleanup.policy");
  }

  @Test
  void refusesTopicsOfSeveralPartitions() throws Exception {
    refused("parts", 2, SAFE, new TopicConfig(1, 1), "2 partitions");
  }

  @Test
  void refusesTopicsOfFewerCopiesThanConfigured() throws Exception {
    refused("copies", 1, SAFE, new TopicConfig(3, 1), "has 1 copies, not the 3");
    refused("insync", 1, SAFE, new TopicConfig(1, 2), "min.insync.replicas=2");
  }

  @Test
  void believesNotAtOnceThatATopicIsGone() throws Exception {
    CompletableFuture<Optional<String>> asked =
        CompletableFuture.supplyAsync(() -> topic("late").idForSure());
    assertThat(topic("late").id()).isEmpty();
    make("late", 1, SAFE);
    assertThat(asked.get(30, TimeUnit.SECONDS)).isPresent();
  }

  @Test
  void waitsForTheEndOfATransactionThatItsWriterLeftOpen() throws Exception {
    topic("open").create(new TopicConfig(1, 1));
    LogTopic topic = topic("open");
    try (KafkaProducer<byte[], byte[]> writer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", "it.open.writer"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      writer.initTransactions();
      writer.beginTransaction();
      writer.send(new ProducerRecord<>(new WaveId("it", "open").logTopic(), new byte[] {1})).get();
      assertThat(topic.isSettledWithin(Duration.ofSeconds(1))).isFalse();
      writer.commitTransaction();
    }
    assertThat(topic.isSettledWithin(Duration.ofSeconds(60))).isTrue();
  }

  @Test
  void refusesTopicsThatTakeLessThanTheLargestRecord() throws Exception {
    Map<String, String> small = new HashMap<>(SAFE);
    small.put("max.message.bytes", Integer.toString(1 << 20));
    refused("small", 1, small, new TopicConfig(1, 1, 2 << 20), "max.message.bytes=3145728");
  }

  @Test
  void refusesBrokersThatTakeSmallerRequestsThanTheLargestRecordMakes() throws Exception {
    Map<String, String> large = new HashMap<>(SAFE);
    large.put("max.message.bytes", Integer.toString(Integer.MAX_VALUE));
    TopicConfig beyond = new TopicConfig(1, 1, (1 << 30) + (8 << 20));
    refused("large", 1, large, beyond, "socket.request.max.bytes");
  }

  @Test
  void refusesStatusAndControlTopicsThatForgetOrNeverDo() throws Exception {
    for (String policy : List.of("delete", "compact,delete")) {
      String migration = "it" + policy.length();
      create(StatusTopic.name(migration), 1, Map.of("cleanup.policy", policy));
      assertThatThrownBy(() -> StatusTopic.open(kafka(), migration, new TopicConfig(1, 1)).close())
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("TOPIC_UNSAFE"))
          .hasMessageContaining("cleanup.policy is %s, not compact".formatted(policy))
          .hasMessageContaining("--entity-name veer.%s.status --add-config".formatted(migration));
    }
    WaveId wave = new WaveId("it", "parts_of");
    create(ControlTopic.name(wave), 2, Map.of("cleanup.policy", "compact"));
    assertThatThrownBy(() -> ControlTopic.open(kafka(), wave, new TopicConfig(1, 1)).close())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has 2 partitions");
  }

  @Test
  void acceptsTheStatusTopicThatItMadeAndOneThatKeepsAsMuch() throws Exception {
    StatusTopic.open(kafka(), "made", new TopicConfig(1, 1)).close();
    StatusTopic.open(kafka(), "made", new TopicConfig(1, 1)).close();
    create(StatusTopic.name("by_hand"), 1, Map.of("cleanup.policy", "compact"));
    try (StatusTopic topic = StatusTopic.open(kafka(), "by_hand", new TopicConfig(1, 1))) {
      assertThat(topic.failure()).isEmpty();
    }
  }

  private static void refused(
      String wave, int partitions, Map<String, String> settings, TopicConfig config, String fix)
      throws Exception {
    make(wave, partitions, settings);
    assertThatThrownBy(() -> topic(wave).create(config))
        .hasMessageContaining(fix)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  private static void make(String wave, int partitions, Map<String, String> settings)
      throws Exception {
    create(new WaveId("it", wave).logTopic(), partitions, settings);
  }

  private static void create(String name, int partitions, Map<String, String> settings)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
          .all()
          .get();
    }
  }

  private static KafkaEndpoint kafka() {
    return new KafkaEndpoint(broker.bootstrap(), Map.of());
  }

  private static LogTopic topic(String wave) {
    return new LogTopic(kafka(), new WaveId("it", wave));
  }
}
