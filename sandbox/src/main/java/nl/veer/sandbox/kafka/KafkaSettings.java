package nl.veer.sandbox.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The settings of a broker that is alone, small, and loses nothing that it acknowledged. */
final class KafkaSettings {
  /**
   * A topic's own setting decides; this broker only keeps out of its way, up to 1 GiB and a bit.
   */
  private static final int LARGEST_MESSAGE_BYTES = (1 << 30) + (2 << 20);

  private KafkaSettings() {}

  /**
   * @param linked where it listens too, and what it says there that its port is
   */
  static Properties of(Path data, int port, int controllerPort, Map<Integer, Integer> linked) {
    Properties settings = new Properties();
    set(settings, "process.roles", "broker,controller");
    set(settings, "node.id", 1);
    StringBuilder listeners = new StringBuilder(address("PLAINTEXT", port));
    StringBuilder advertised = new StringBuilder(address("PLAINTEXT", port));
    StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    linked.forEach(
        (where, says) -> {
          String name = "LINK" + where;
          listeners.append(',').append(address(name, where));
          advertised.append(',').append(address(name, says));
          protocols.append(',').append(name).append(":PLAINTEXT");
        });
    listeners.append(',').append(address("CONTROLLER", controllerPort));
    set(settings, "listeners", listeners);
    set(settings, "advertised.listeners", advertised);
    set(settings, "listener.security.protocol.map", protocols);
    set(settings, "inter.broker.listener.name", "PLAINTEXT");
    set(settings, "controller.listener.names", "CONTROLLER");
    set(settings, "controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    set(settings, "log.dirs", data);
    alone(settings);
    keeping(settings);
    small(settings);
    return settings;
  }

  private static String address(String listener, int port) {
    return listener + "://127.0.0.1:" + port;
  }

  private static void alone(Properties settings) {
    set(settings, "auto.create.topics.enable", false);
    set(settings, "default.replication.factor", 1);
    set(settings, "min.insync.replicas", 1);
    set(settings, "offsets.topic.replication.factor", 1);
    set(settings, "offsets.topic.num.partitions", 1);
    set(settings, "transaction.state.log.replication.factor", 1);
    set(settings, "transaction.state.log.min.isr", 1);
    set(settings, "transaction.state.log.num.partitions", 4);
    set(settings, "share.coordinator.state.topic.replication.factor", 1);
    set(settings, "share.coordinator.state.topic.min.isr", 1);
    set(settings, "group.initial.rebalance.delay.ms", 0);
    // After a kill -9 the controller waits this long before it takes the new broker for the old
    // one.
    set(settings, "broker.session.timeout.ms", 6_000);
    set(settings, "broker.heartbeat.interval.ms", 500);
  }

  private static void keeping(Properties settings) {
    set(settings, "log.retention.ms", -1);
    set(settings, "log.retention.bytes", -1);
    set(settings, "offsets.retention.minutes", 60 * 24 * 365);
    set(settings, "message.max.bytes", LARGEST_MESSAGE_BYTES);
    set(settings, "replica.fetch.max.bytes", LARGEST_MESSAGE_BYTES);
    set(settings, "socket.request.max.bytes", LARGEST_MESSAGE_BYTES + (1 << 20));
  }

  private static void small(Properties settings) {
    set(settings, "num.network.threads", 2);
    set(settings, "num.io.threads", 4);
    set(settings, "background.threads", 2);
    set(settings, "group.coordinator.threads", 1);
    set(settings, "log.cleaner.threads", 1);
    // The default takes 128 MiB of heap from the JVM that it shares with everything else.
    set(settings, "log.cleaner.dedupe.buffer.size", 4 * 1024 * 1024);
  }

  private static void set(Properties settings, String name, Object value) {
    settings.setProperty(name, value.toString());
  }
}
