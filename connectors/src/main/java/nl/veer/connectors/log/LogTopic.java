package nl.veer.connectors.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A wave's topic as a thing of its own: made with what a log needs, refused where a setting could
 * lose data, named by Kafka's id of it, deleted. Safe for use by several threads.
 */
public final class LogTopic {
  /** What a topic must have so that it keeps every record, in its order, for good. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", "-1",
          "retention.bytes", "-1",
          "unclean.leader.election.enable", "false");

  private static final String INSYNC = "min.insync.replicas";
  private static final String MAX_MESSAGE = "max.message.bytes";

  /** How long an answer that there is no such topic is not believed. */
  private static final Duration DISBELIEF = Duration.ofSeconds(15);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final KafkaEndpoint kafka;
  private final String name;

  public LogTopic(KafkaEndpoint kafka, LogId log) {
    this.kafka = kafka;
    this.name = log.logTopic();
  }

  /**
   * Creates the topic, or checks the one that exists.
   *
   * @throws Failure CONFIGURATION if it exists with a setting that could lose data, or cannot be
   *     created as asked
   */
  public void create(TopicConfig config) {
    NewTopic topic =
        new NewTopic(name, 1, (short) config.replicationFactor())
            .configs(
                Map.of(
                    "cleanup.policy",
                    "delete",
                    "retention.ms",
                    "-1",
                    "retention.bytes",
                    "-1",
                    "unclean.leader.election.enable",
                    "false",
                    "min.insync.replicas",
                    Integer.toString(config.minInsyncReplicas()),
                    "message.timestamp.type",
                    "CreateTime",
                    MAX_MESSAGE,
                    Integer.toString(config.maxRequestBytes())));
    withAdmin(
        "create topic " + name,
        admin -> {
          try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
          } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
              return false;
            }
            throw e;
          }
        });
    check(config);
  }

  /**
   * Checks that the topic keeps what is written to it, and in as many copies as asked for.
   *
   * @throws Failure CONFIGURATION with the command that mends it; LOST_POSITION if there is none
   */
  public void check(TopicConfig config) {
    check();
    TopicDescription topic = describeOrWait().orElseThrow(this::gone);
    int copies = topic.partitions().get(0).replicas().size();
    if (copies < config.replicationFactor()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "TOPIC_UNSAFE",
          "The topic "
              + name
              + " has "
              + copies
              + " copies, not the "
              + config.replicationFactor()
              + " that are configured. Add copies with kafka-reassign-partitions, or configure"
              + " fewer.");
    }
    Map<String, String> settings = settings();
    requireRoom(settings, config);
    String insync = settings.getOrDefault(INSYNC, "1");
    if (Integer.parseInt(insync) < config.minInsyncReplicas()) {
      throw unsafe(
          INSYNC + " is " + insync + ", not " + config.minInsyncReplicas(),
          INSYNC + "=" + config.minInsyncReplicas());
    }
  }

  /** A record that does not fit would stop the wave in its middle; better before it begins. */
  private void requireRoom(Map<String, String> settings, TopicConfig config) {
    long largest = Long.parseLong(settings.getOrDefault(MAX_MESSAGE, "0"));
    if (largest < config.maxRequestBytes()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "TOPIC_TOO_SMALL",
          ("The topic %s takes batches of %d bytes at most, but kafka.max-record needs %d. Raise"
                  + " it: kafka-configs --bootstrap-server %s --alter --entity-type topics"
                  + " --entity-name %s --add-config %s=%d; or lower kafka.max-record.")
              .formatted(
                  name,
                  largest,
                  config.maxRequestBytes(),
                  kafka.bootstrap(),
                  name,
                  MAX_MESSAGE,
                  config.maxRequestBytes()));
    }
    OptionalLong request = withAdmin("read the brokers' settings", BrokerBounds::largestRequest);
    if (request.isPresent() && request.getAsLong() < config.maxRequestBytes()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "BROKER_TOO_SMALL",
          ("A broker takes requests of %d bytes at most (%s), but kafka.max-record needs %d. Raise"
                  + " that setting of every broker and restart them, or lower kafka.max-record.")
              .formatted(
                  request.getAsLong(), BrokerBounds.LARGEST_REQUEST, config.maxRequestBytes()));
    }
  }

  private Failure gone() {
    return new Failure(
        FailureKind.LOST_POSITION,
        "LOG_LOST",
        "The topic " + name + " is gone. Load anew with veer load --again.");
  }

  private Failure unsafe(String wrong, String fix) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "TOPIC_UNSAFE",
        "The topic "
            + name
            + " could lose records: "
            + wrong
            + ". Mend it: kafka-configs --bootstrap-server "
            + kafka.bootstrap()
            + " --alter --entity-type topics --entity-name "
            + name
            + " --add-config "
            + fix);
  }

  /**
   * Checks that the topic keeps what is written to it.
   *
   * @throws Failure CONFIGURATION with the command that mends it; LOST_POSITION if there is none
   */
  public void check() {
    TopicDescription topic = describeOrWait().orElseThrow(this::gone);
    if (topic.partitions().size() != 1) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "TOPIC_PARTITIONS",
          "The topic "
              + name
              + " has "
              + topic.partitions().size()
              + " partitions, but a log has one, for its order. Delete the topic; Veer makes it.");
    }
    List<String> wrong = wrongSettings(settings());
    if (!wrong.isEmpty()) {
      throw unsafe(String.join(", ", wrong), fix());
    }
  }

  /** Kafka's id of this very topic, or nothing if it does not exist, by one broker's word. */
  public Optional<String> id() {
    return describe().map(topic -> topic.topicId().toString());
  }

  /**
   * Kafka's id of this very topic, or nothing if it does not exist. Nothing is said only after some
   * time: a broker that has just started does not know its topics yet.
   */
  public Optional<String> idForSure() {
    return describeOrWait().map(topic -> topic.topicId().toString());
  }

  /**
   * Waits until no transaction is open, so that what is committed is all there is. A living writer
   * commits soon; Kafka itself ends the transaction of a dead one only after a minute.
   *
   * @return whether none is open by the end of the given time
   */
  public boolean isSettledWithin(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (end(IsolationLevel.READ_COMMITTED) < end(IsolationLevel.READ_UNCOMMITTED)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause();
    }
    return true;
  }

  private long end(IsolationLevel isolation) {
    TopicPartition log = new TopicPartition(name, 0);
    return withAdmin(
        "find the end of topic " + name,
        admin ->
            admin
                .listOffsets(Map.of(log, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(log)
                .get()
                .offset());
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
    } catch (InterruptedException e) {
      throw KafkaFailures.of("look at topic " + name, e);
    }
  }

  private Optional<TopicDescription> describeOrWait() {
    long deadline = System.nanoTime() + DISBELIEF.toNanos();
    while (true) {
      Optional<TopicDescription> topic = describe();
      if (topic.isPresent() || System.nanoTime() > deadline) {
        return topic;
      }
      pause();
    }
  }

  /** Deletes the topic and every record in it; nothing happens if there is none. */
  public void delete() {
    withAdmin(
        "delete topic " + name,
        admin -> {
          try {
            admin.deleteTopics(List.of(name)).all().get();
            return true;
          } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
              return false;
            }
            throw e;
          }
        });
  }

  /** The settings that could lose records, each with its value and the one it must have. */
  static List<String> wrongSettings(Map<String, String> settings) {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> required : REQUIRED.entrySet()) {
      String value = settings.getOrDefault(required.getKey(), "unset");
      if (!value.equals(required.getValue())) {
        wrong.add(required.getKey() + " is " + value + ", not " + required.getValue());
      }
    }
    wrong.sort(null);
    return wrong;
  }

  private static String fix() {
    return REQUIRED.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .sorted()
        .reduce((left, right) -> left + "," + right)
        .orElseThrow();
  }

  private Map<String, String> settings() {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Config config =
        withAdmin(
            "read the settings of topic " + name,
            admin ->
                Objects.requireNonNull(
                        admin.describeConfigs(List.of(resource)).values().get(resource))
                    .get());
    Map<String, String> settings = new HashMap<>();
    for (ConfigEntry entry : config.entries()) {
      settings.put(entry.name(), String.valueOf(entry.value()));
    }
    return settings;
  }

  private Optional<TopicDescription> describe() {
    return withAdmin(
        "look at topic " + name,
        admin -> {
          KafkaFuture<TopicDescription> topic =
              Objects.requireNonNull(
                  admin.describeTopics(List.of(name)).topicNameValues().get(name));
          try {
            return Optional.of(topic.get());
          } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @FunctionalInterface
  private interface Step<T> {
    T run(Admin admin) throws ExecutionException, InterruptedException;
  }

  private <T> T withAdmin(String step, Step<T> body) {
    try (Admin admin = KafkaClients.admin(kafka)) {
      return body.run(admin);
    } catch (Exception e) {
      throw KafkaFailures.of(step, e);
    }
  }
}
