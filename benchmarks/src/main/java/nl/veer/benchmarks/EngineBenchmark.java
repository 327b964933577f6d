package nl.veer.benchmarks;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Rows per second of stock Debezium by itself, its records counted and thrown away: no encoding, no
 * Kafka. The measure that the capture is held against.
 */
final class EngineBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private EngineBenchmark() {}

  /** Nanoseconds for each row. */
  static double run(World.Crossing crossing, long rows) throws Exception {
    crossing.capture().prepare();
    CaptureBenchmark.write(crossing, rows);
    AtomicLong seen = new AtomicLong();
    DebeziumEngine<RecordChangeEvent<SourceRecord>> engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(settings(crossing))
            .notifying(
                (records, committer) -> {
                  seen.addAndGet(records.size());
                  committer.markBatchFinished();
                })
            .build();
    try (RoleThread role = new RoleThread("engine", engine, () -> close(engine))) {
      role.nanosUntil(() -> seen.get() > 0, LIMIT);
      long first = seen.get();
      long nanos = role.nanosUntil(() -> seen.get() >= rows, LIMIT);
      return (double) nanos / (rows - first);
    }
  }

  private static void close(DebeziumEngine<?> engine) {
    try {
      engine.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties settings(World.Crossing crossing) {
    DatabaseEndpoint source = crossing.source();
    URI server = URI.create(source.url().substring("jdbc:".length()));
    Properties settings = new Properties();
    settings.setProperty("name", "engine");
    settings.setProperty("topic.prefix", "engine");
    settings.setProperty("connector.class", PostgresConnector.class.getName());
    settings.setProperty(
        "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    settings.setProperty("bootstrap.servers", "unused:9092");
    settings.setProperty("database.hostname", server.getHost());
    settings.setProperty("database.port", Integer.toString(server.getPort()));
    settings.setProperty("database.user", source.user());
    settings.setProperty("database.password", source.password().reveal());
    settings.setProperty("database.dbname", server.getPath().substring(1));
    settings.setProperty("plugin.name", "pgoutput");
    settings.setProperty("slot.name", crossing.wave().slot());
    settings.setProperty("publication.name", crossing.wave().publication());
    settings.setProperty("publication.autocreate.mode", "disabled");
    settings.setProperty("snapshot.mode", "no_data");
    settings.setProperty("poll.interval.ms", "5");
    return settings;
  }
}
