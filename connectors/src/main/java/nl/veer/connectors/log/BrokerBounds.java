package nl.veer.connectors.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;

/** What brokers take at most, whatever a topic says. Stateless. */
final class BrokerBounds {
  /** A larger request is answered by cutting the connection, which looks like a network's fault. */
  static final String LARGEST_REQUEST = "socket.request.max.bytes";

  private BrokerBounds() {}

  /** The least of all brokers; nothing if they are not shown, to this user or to any. */
  static OptionalLong largestRequest(Admin admin) throws ExecutionException, InterruptedException {
    List<ConfigResource> brokers = new ArrayList<>();
    for (Node node : admin.describeCluster().nodes().get()) {
      brokers.add(new ConfigResource(ConfigResource.Type.BROKER, node.idString()));
    }
    try {
      Collection<Config> settings = admin.describeConfigs(brokers).all().get().values();
      return settings.stream()
          .map(config -> config.get(LARGEST_REQUEST))
          .filter(entry -> entry != null && entry.value() != null)
          .map(ConfigEntry::value)
          .mapToLong(Long::parseLong)
          .min();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException refusal
          && !(refusal instanceof RetriableException)) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }
}
