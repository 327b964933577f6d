package nl.veer.benchmarks.capture;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.RoleThread;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Stock Debezium by itself, its records counted and thrown away: no encoding, no Kafka. The measure
 * that the capture is held against.
 */
record StockEngine(World world, Shape shape, Writing writing) implements Contender {

  @Override
  public Peer peer() {
    return Peer.ENGINE;
  }

  @Override
  public String name() {
    return "Debezium engine";
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = CaptureContest.empty(world, shape)) {
      CaptureContest.written(crossing, writing);
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
        role.await(() -> seen.get() > 0);
        lap.begin();
        long first = seen.get();
        role.await(() -> seen.get() >= writing.rows());
        lap.end(writing.rows() - first);
      }
    }
  }

  private static void close(DebeziumEngine<?> engine) {
    try {
      engine.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties settings(Crossing crossing) {
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
