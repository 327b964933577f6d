package nl.veer.control.check;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.log.KafkaPreflight;
import nl.veer.connectors.log.TopicConfig;

/** Judges Kafka: enough brokers, and no log topic with a setting that could lose data. Pure. */
final class KafkaFindings {
  private KafkaFindings() {}

  static List<Finding> of(KafkaPreflight kafka, TopicConfig wanted) {
    List<Finding> findings = new ArrayList<>();
    if (kafka.brokers() < wanted.replicationFactor()) {
      findings.add(
          Finding.error(
              "BROKERS",
              "kafka",
              "%d copies of the log are wanted and there are %d brokers."
                  .formatted(wanted.replicationFactor(), kafka.brokers()),
              "Add brokers, or lower kafka.replication-factor."));
    }
    if (wanted.replicationFactor() < 2) {
      findings.add(
          Finding.warning(
              "ONE_COPY",
              "kafka",
              "The log has one copy: with its broker's disk, the wave is lost and must be loaded"
                  + " anew.",
              "Set kafka.replication-factor to 3 where there are three brokers."));
    }
    if (kafka.largestRequest().orElse(Long.MAX_VALUE) < wanted.maxRequestBytes()) {
      findings.add(
          Finding.error(
              "BROKER_TOO_SMALL",
              "kafka",
              "A broker takes requests of %d bytes at most; a record of kafka.max-record needs %d."
                  .formatted(kafka.largestRequest().orElseThrow(), wanted.maxRequestBytes()),
              "Raise socket.request.max.bytes of every broker, or lower kafka.max-record."));
    }
    kafka.topics().forEach(topic -> topic(findings, topic, wanted));
    return findings;
  }

  private static void topic(
      List<Finding> findings, KafkaPreflight.Topic topic, TopicConfig wanted) {
    String largest = topic.config().getOrDefault("max.message.bytes", "");
    if (!largest.isEmpty() && Long.parseLong(largest) < wanted.maxRequestBytes()) {
      findings.add(
          Finding.error(
              "TOPIC_TOO_SMALL",
              topic.name(),
              "It takes batches of %s bytes at most, but kafka.max-record needs %d."
                  .formatted(largest, wanted.maxRequestBytes()),
              "kafka-configs --alter --topic %s --add-config max.message.bytes=%d"
                  .formatted(topic.name(), wanted.maxRequestBytes())));
    }
    if (topic.partitions() != 1) {
      findings.add(
          Finding.error(
              "PARTITIONS",
              topic.name(),
              "The log must have one partition and has " + topic.partitions() + ".",
              "Remove the topic: veer drop, then veer run."));
    }
    setting(findings, topic, "cleanup.policy", "delete");
    setting(findings, topic, "retention.ms", "-1");
    setting(findings, topic, "retention.bytes", "-1");
    setting(findings, topic, "unclean.leader.election.enable", "false");
  }

  private static void setting(
      List<Finding> findings, KafkaPreflight.Topic topic, String name, String safe) {
    String value = topic.config().getOrDefault(name, safe);
    if (!value.equals(safe)) {
      findings.add(
          Finding.error(
              "TOPIC_SETTING",
              topic.name(),
              "%s is %s, which could lose part of the log.".formatted(name, value),
              "kafka-configs --alter --topic %s --add-config %s=%s"
                  .formatted(topic.name(), name, safe)));
    }
  }
}
