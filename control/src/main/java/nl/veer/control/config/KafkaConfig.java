package nl.veer.control.config;

import java.util.Map;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.TopicConfig;

/** The Kafka that holds the log. */
public record KafkaConfig(
    @Setting("`host:port`, several separated by commas.") String bootstrap,
    @Setting(
            value =
                "Passed to every Kafka client as they are, for example `security.protocol`. Values"
                    + " may hold `${env:NAME}` and `${file:PATH}`.",
            byDefault = "{}")
        Map<String, String> properties,
    @Setting(
            value = "Copies of the log; at most the number of brokers.",
            byDefault = "3",
            min = 1,
            max = 100)
        int replicationFactor,
    @Setting(
            value = "Copies that must hold a record before it counts as written.",
            byDefault = "2",
            min = 1,
            max = 100)
        int minInsyncReplicas) {

  public KafkaConfig {
    properties = Map.copyOf(properties);
    if (minInsyncReplicas > replicationFactor) {
      throw new IllegalArgumentException(
          "min-insync-replicas: must not be larger than replication-factor");
    }
  }

  public KafkaEndpoint endpoint() {
    return new KafkaEndpoint(bootstrap, properties);
  }

  public TopicConfig topic() {
    return new TopicConfig(replicationFactor, minInsyncReplicas);
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "KafkaConfig[" + bootstrap + "]";
  }
}
