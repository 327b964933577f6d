package nl.veer.connectors.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes and deletes topics of one partition that keep the last record of each key. */
final class CompactedTopic {

  private CompactedTopic() {}

  /** Makes it, if it is not there. */
  static void make(Admin admin, String name, TopicConfig config, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("cleanup.policy", "compact");
    all.put("min.insync.replicas", Integer.toString(config.minInsyncReplicas()));
    NewTopic topic = new NewTopic(name, 1, (short) config.replicationFactor()).configs(all);
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
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
