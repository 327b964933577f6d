package nl.veer.sandbox.kafka;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of a broker that is alone, small, and loses nothing that it acknowledged. */
final class KafkaSettings {
  private static final int LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024;

  private KafkaSettings() {}

  static Properties of(Path data, int port, int controllerPort) {
    Properties settings = new Properties();
    set(settings, "process.roles", "broker,controller");
    set(settings, "node.id", 1);
    set(settings, "listeners", listeners(port, controllerPort));
    set(settings, "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    set(settings, "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    set(settings, "controller.listener.names", "CONTROLLER");
    set(settings, "controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    set(settings, "log.dirs", data);
    alone(settings);
    keeping(settings);
    small(settings);
    return settings;
  }

  private static String listeners(int port, int controllerPort) {
    return "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort;
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
