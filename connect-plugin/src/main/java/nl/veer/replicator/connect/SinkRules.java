package nl.veer.replicator.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.veer.connectors.event.WaveId;

/**
 * What must hold between a connector's settings, Connect's own among them. Connect would otherwise
 * hand over records that are bent, incomplete, or of transactions that were never committed to the
 * log. Pure.
 */
final class SinkRules {
  static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  /** Settings of Connect's that must be there, with this value, and why. */
  private static final List<Demand> DEMANDS =
      List.of(
          new Demand(
              "key.converter", BYTES, "the records must come as the bytes that the log holds"),
          new Demand(
              "value.converter",
              BYTES,
              "Veer decodes the records by itself, and exactly; another converter would bend them"),
          new Demand(
              "header.converter",
              BYTES,
              "the headers hold the numbering as bytes; Connect would else take them for texts"),
          new Demand(
              "consumer.override.isolation.level",
              "read_committed",
              "Connect would else hand over records of Kafka transactions that were given up"),
          new Demand(
              "consumer.override.allow.auto.create.topics",
              "false",
              "a log that is made by being asked for would lose its records after a week"));

  /** What may have properties behind it for a client. */
  private static final List<String> SERVERS =
      List.of(SinkSettings.SOURCE, SinkSettings.TARGET, SinkSettings.KAFKA, SinkSettings.REGISTRY);

  /** Where a name that is not known is a slip; and so it is behind the servers. */
  private static final List<String> OTHERS = List.of("verification.", "load.", "tuning.");

  private record Demand(String setting, String value, String reason) {}

  private SinkRules() {}

  /** By setting, in words, what is wrong; empty if nothing is. */
  static Map<String, String> complaints(Map<String, String> props) {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Demand demand : DEMANDS) {
      if (!demand.value().equals(props.get(demand.setting()))) {
        wrong.put(
            demand.setting(), "must be set to " + demand.value() + ": " + demand.reason() + ".");
      }
    }
    topics(props, wrong);
    if (!props.getOrDefault("transforms", "").isBlank()) {
      wrong.put("transforms", "must be empty: the log's records are applied as they are.");
    }
    if ("all".equals(props.get("errors.tolerance"))) {
      wrong.put("errors.tolerance", "must be none: nothing of a log may be passed over.");
    }
    for (String setting : props.keySet()) {
      if (isUnknown(setting)) {
        wrong.put(setting, "is not a setting of this connector.");
      }
    }
    return wrong;
  }

  private static void topics(Map<String, String> props, Map<String, String> wrong) {
    if (props.containsKey("topics.regex")) {
      wrong.put("topics.regex", "must not be set: a connector carries one wave's log.");
    }
    String migration = props.getOrDefault(SinkSettings.MIGRATION, "");
    String wave = props.getOrDefault(SinkSettings.WAVE, "");
    if (WaveId.isValid(migration) && WaveId.isValid(wave)) {
      String log = new WaveId(migration, wave).logTopic();
      if (!log.equals(props.getOrDefault("topics", "").trim())) {
        wrong.put("topics", "must be " + log + ", the log of this wave, and nothing else.");
      }
    }
  }

  private static boolean isUnknown(String setting) {
    return Stream.concat(SERVERS.stream(), OTHERS.stream()).anyMatch(setting::startsWith)
        && !SinkSettings.DEFINITION.names().contains(setting)
        && SERVERS.stream()
            .noneMatch(server -> setting.startsWith(server + SinkSettings.PROPERTIES));
  }
}
