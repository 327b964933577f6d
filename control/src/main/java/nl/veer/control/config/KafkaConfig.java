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
        int minInsyncReplicas,
    @Setting(
            value =
                "The largest record of the log: one change of one row, with its old row where the"
                    + " replica identity is full, before compression. Brokers with stock settings"
                    + " take no more than the default. Capture and replicator need heap to match:"
                    + " see the operator's guide.",
            byDefault = "64MiB",
            min = 1 << 20,
            max = 1 << 30)
        Size maxRecord) {

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
    return new TopicConfig(
        replicationFactor, minInsyncReplicas, Math.toIntExact(maxRecord.bytes()));
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "KafkaConfig[" + bootstrap + "]";
  }
}
