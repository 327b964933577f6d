package nl.veer.connectors.log;

import java.util.Map;

/**
 * Where Kafka is.
 *
 * @param bootstrap {@code host:port[,host:port…]}
 * @param properties passed to every client as they are, for example {@code security.protocol}; may
 *     hold secrets, so they are never printed
 */
public record KafkaEndpoint(String bootstrap, Map<String, String> properties) {

  public KafkaEndpoint {
    properties = Map.copyOf(properties);
  }

  @Override
  public String toString() {
    return "KafkaEndpoint[" + bootstrap + "]";
  }
}
