package nl.veer.connectors.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes and deletes topics of one partition that keep the last record of each key. */
final class CompactedTopic {
  private static final String POLICY = "cleanup.policy";
  private static final String COMPACT = "compact";

  private CompactedTopic() {}

  /**
   * Makes it, or checks the one that is there: it may have been made by hand.
   *
   * @throws Failure CONFIGURATION with what mends it, if it does not keep the last record of each
   *     key
   */
  static void make(
      Admin admin,
      KafkaEndpoint kafka,
      String name,
      TopicConfig config,
      Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.put(POLICY, COMPACT);
    all.put("min.insync.replicas", Integer.toString(config.minInsyncReplicas()));
    NewTopic topic = new NewTopic(name, 1, (short) config.replicationFactor()).configs(all);
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
      check(admin, kafka, name);
    }
  }

  private static void check(Admin admin, KafkaEndpoint kafka, String name)
      throws ExecutionException, InterruptedException {
    try {
      int partitions =
          Objects.requireNonNull(
                  admin.describeTopics(List.of(name)).allTopicNames().get().get(name))
              .partitions()
              .size();
      if (partitions != 1) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "TOPIC_PARTITIONS",
            "The topic %s has %d partitions, but whoever follows it reads one. Delete the topic; Veer makes it."
                .formatted(name, partitions));
      }
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
      ConfigEntry policy =
          Objects.requireNonNull(admin.describeConfigs(List.of(resource)).all().get().get(resource))
              .get(POLICY);
      if (policy != null && !COMPACT.equals(policy.value())) {
        throw unsafe(kafka, name, policy.value());
      }
    } catch (ExecutionException e) {
      // So young that this broker has not heard of it: somebody makes it at this moment, as above.
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
    }
  }

  private static Failure unsafe(KafkaEndpoint kafka, String name, String policy) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "TOPIC_UNSAFE",
        ("The topic %s could forget the last record of a key, or grow without end: %s is %s, not %s."
                + " Mend it: kafka-configs --bootstrap-server %s --alter --entity-type topics"
                + " --entity-name %s --add-config %s=%s")
            .formatted(name, POLICY, policy, COMPACT, kafka.bootstrap(), name, POLICY, COMPACT));
  }

  /** Deletes it and every record in it; nothing happens if there is none. */
  static void delete(KafkaEndpoint kafka, String name) {
    try (Admin admin = KafkaClients.admin(kafka)) {
      admin.deleteTopics(List.of(name)).all().get();
    } catch (Exception e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw KafkaFailures.of("delete topic " + name, e);
      }
    }
  }
}
