package nl.veer.connectors.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * What a preflight has to know of Kafka.
 *
 * @param brokers how many there are
 * @param largestRequest bytes that every broker takes; empty if the user may not see that
 * @param topics those of the topics asked about that exist
 */
public record KafkaPreflight(int brokers, OptionalLong largestRequest, List<Topic> topics) {
  private static final int TIMEOUT_SECONDS = 15;

  public KafkaPreflight {
    topics = List.copyOf(topics);
  }

  /**
   * A topic as it is.
   *
   * @param config its settings
   */
  public record Topic(String name, int partitions, int replicas, Map<String, String> config) {
    public Topic {
      config = Map.copyOf(config);
    }
  }

  /**
   * Asks the brokers.
   *
   * @throws nl.veer.connectors.failure.Failure if they do not answer, or refuse
   */
  public static KafkaPreflight read(KafkaEndpoint endpoint, Set<String> topics) {
    try {
      return ask(endpoint, topics);
    } catch (ExecutionException | TimeoutException | InterruptedException | RuntimeException e) {
      throw KafkaFailures.of("look at Kafka at " + endpoint.bootstrap(), e);
    }
  }

  private static KafkaPreflight ask(KafkaEndpoint endpoint, Set<String> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<String, Object> properties = new HashMap<>(endpoint.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, endpoint.bootstrap());
    // Both: the client refuses a request's time that is longer than the whole call's.
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1000 * TIMEOUT_SECONDS);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 1000 * TIMEOUT_SECONDS);
    try (Admin admin = Admin.create(properties)) {
      int brokers = admin.describeCluster().nodes().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).size();
      Set<String> all = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<Topic> found = new ArrayList<>();
      for (String topic : topics) {
        if (all.contains(topic)) {
          found.add(describe(admin, topic));
        }
      }
      return new KafkaPreflight(brokers, BrokerBounds.largestRequest(admin), found);
    }
  }

  private static Topic describe(Admin admin, String topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    TopicDescription description =
        found(
            admin
                .describeTopics(Set.of(topic))
                .allTopicNames()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .get(topic));
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        found(
            admin
                .describeConfigs(Set.of(resource))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .get(resource));
    Map<String, String> settings = new HashMap<>();
    config.entries().stream()
        .filter(entry -> entry.value() != null)
        .forEach(entry -> settings.put(entry.name(), entry.value()));
    return new Topic(
        topic,
        description.partitions().size(),
        description.partitions().get(0).replicas().size(),
        settings);
  }

  private static <T> T found(@Nullable T answer) {
    return Objects.requireNonNull(answer, "Kafka answered without what was asked for");
  }
}
