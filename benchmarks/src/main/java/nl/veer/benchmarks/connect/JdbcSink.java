package nl.veer.benchmarks.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration of Debezium's JDBC sink into tables that exist, for throughput. */
public final class JdbcSink {
  private static final String BATCH = "3000";

  private JdbcSink() {}

  /**
   * A connector's configuration: topic {@code PREFIX.public.orders} goes to table {@code
   * public.orders}, in the order of the topic. It writes columns of every type.
   */
  public static Map<String, String> config(Database database, List<String> topics) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
    // A topic of one partition is read by one task, whatever stands here.
    config.put("tasks.max", "1");
    config.put("topics", String.join(",", topics));
    config.put("connection.url", database.jdbcUrl());
    config.put("connection.username", database.user());
    config.put("connection.password", database.password());
    config.put("insert.mode", "upsert");
    config.put("delete.enabled", "true");
    config.put("primary.key.mode", "record_key");
    config.put("schema.evolution", "none");
    config.put("quote.identifiers", "true");
    config.put("collection.name.format", "${source.schema}.${source.table}");
    speed(config);
    return config;
  }

  /**
   * As {@link #config}, but a batch is one statement over arrays. Of all types it can write
   * integers, floats, numerics, texts, booleans, {@code timestamptz}, {@code uuid}, {@code json}
   * and {@code jsonb}; at {@code date}, {@code time}, {@code timestamp} and {@code bytea} the
   * connector fails.
   */
  public static Map<String, String> unnesting(Database database, List<String> topics) {
    Map<String, String> config = config(database, topics);
    config.put("dialect.postgres.unnest.insert.enabled", "true");
    return config;
  }

  private static void speed(Map<String, String> config) {
    config.put("batch.size", BATCH);
    config.put("use.reduction.buffer", "true");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("consumer.override.max.poll.records", BATCH);
    config.put("consumer.override.max.partition.fetch.bytes", "16777216");
    config.put("consumer.override.fetch.max.bytes", "52428800");
  }
}
