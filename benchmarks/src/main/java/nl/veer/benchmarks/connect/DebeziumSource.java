package nl.veer.benchmarks.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of Debezium's PostgreSQL connector, for throughput and for lag at once. */
public final class DebeziumSource {
  private DebeziumSource() {}

  /**
   * A connector's configuration. The topic of a table is {@code PREFIX.SCHEMA.TABLE}, with one
   * partition. The publication is made when it is not there; slot and publication stay when the
   * connector is deleted. When the connector runs, its slot is there: what commits from then on is
   * captured.
   *
   * @param tables with their schemas: {@code public.orders}
   * @param snapshot whether what the tables hold already is read first
   */
  public static Map<String, String> config(
      Database database,
      String topicPrefix,
      String slot,
      String publication,
      List<String> tables,
      boolean snapshot) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("tasks.max", "1");
    config.put("database.hostname", database.host());
    config.put("database.port", Integer.toString(database.port()));
    config.put("database.dbname", database.name());
    config.put("database.user", database.user());
    config.put("database.password", database.password());
    config.put("plugin.name", "pgoutput");
    config.put("slot.name", slot);
    config.put("publication.name", publication);
    config.put("publication.autocreate.mode", "filtered");
    config.put("topic.prefix", topicPrefix);
    config.put(
        "table.include.list",
        tables.stream().map(table -> table.replace(".", "\\.")).collect(Collectors.joining(",")));
    config.put("snapshot.mode", snapshot ? "initial" : "no_data");
    values(config);
    speed(config);
    producer(config);
    return config;
  }

  private static void values(Map<String, String> config) {
    // What the sink can write into columns of every type.
    config.put("time.precision.mode", "adaptive");
    config.put("decimal.handling.mode", "precise");
    // The topic is not compacted, and the sink would delete each row twice.
    config.put("tombstones.on.delete", "false");
  }

  private static void speed(Map<String, String> config) {
    config.put("max.batch.size", "8192");
    config.put("max.queue.size", "32768");
    config.put("poll.interval.ms", "10");
  }

  private static void producer(Map<String, String> config) {
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    config.put("producer.override.acks", "all");
    config.put("producer.override.batch.size", "524288");
    config.put("producer.override.linger.ms", "5");
    config.put("producer.override.compression.type", "lz4");
  }
}
