package nl.veer.benchmarks.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of Debezium's JDBC sink into tables that exist, for throughput.
 *
 * <p>Found by variants in turns ({@code veer bench tune}), 50,000 narrow rows, two rounds on a
 * machine that had other work too (thousand rows a second for inserts, updates, deletes): batches
 * of 3,000 in the plain form 13-14, 9-11, 17-19; with an UNNEST 12-21, 13-15, 15-19; an UNNEST of
 * 10,000 11-21, 10-11, 9-20. The driver's own {@code reWriteBatchedInserts} slows it down: 8-9,
 * 7-10, 16; and so does, with it, the default batch of 500: 8-9, 7-9, 10-11. A poll must hold a
 * batch, or batches stay as small as polls.
 *
 * <p>The reduction buffer keeps a batch whole where upserts and deletes alternate: without it each
 * such turn ends the batch.
 */
public final class JdbcSink {
  private static final String BATCH = "3000";

  private JdbcSink() {}

  /**
   * A connector's configuration: topic {@code PREFIX.public.orders} goes to table {@code
   * public.orders}, in the order of the topic. All everyday types come out as they were, but a
   * {@code numeric} without a scale, which loses zeros at its end.
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
   * As {@link #config}, but a batch is one statement over arrays, which is faster for updates.
   * Values go into the arrays as they are in the record: right for integers, {@code numeric} with a
   * scale, texts and {@code timestamptz}; {@code date}, {@code time}, {@code timestamp} and {@code
   * bytea}, which are numbers or buffers there, cannot be.
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
