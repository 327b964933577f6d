package nl.veer.connectors.capture;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.sandbox.kafka.SandboxKafka;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.registry.SandboxRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A source, a broker and a registry for the tests; each test has a database and a wave of its own.
 */
final class CaptureWorld implements AutoCloseable {
  private static final AtomicInteger WAVES = new AtomicInteger();
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A table for tests to which its columns do not matter. */
  static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v text)";

  /** Ten times as often as it ships, so that nobody waits for its looks. */
  static final Duration RHYTHM = Duration.ofMillis(500);

  private static volatile @Nullable CaptureWorld shared;

  /** One world for all tests of this JVM; ended with it. */
  static synchronized CaptureWorld shared() {
    CaptureWorld world = shared;
    if (world == null) {
      world = new CaptureWorld();
      Runtime.getRuntime().addShutdownHook(new Thread(world::close));
      shared = world;
    }
    return world;
  }

  final SandboxPostgres postgres = SandboxPostgres.startTemporary();
  final SandboxKafka kafka = SandboxKafka.startTemporary();
  final SandboxRegistry registry = SandboxRegistry.startTemporary();

  KafkaEndpoint kafkaEndpoint() {
    return new KafkaEndpoint(kafka.bootstrap(), Map.of());
  }

  RegistryEndpoint registryEndpoint() {
    return new RegistryEndpoint(registry.url(), Map.of());
  }

  /** One whose {@link #TABLE} was captured with a row; nobody does now. */
  Source captured() throws Exception {
    Source source = source(TABLE);
    try (Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'a')");
      source.changes(1);
    }
    // The server notices a moment later that the capture has gone.
    String active =
        "SELECT active FROM pg_replication_slots WHERE slot_name = '" + source.wave.slot() + "'";
    await().atMost(PATIENCE).until(() -> source.query(active).equals("f"));
    return source;
  }

  Source source(String... ddl) throws SQLException {
    Source source = new Source("w" + WAVES.incrementAndGet());
    postgres.createDatabase(source.database);
    source.sql(ddl);
    return source;
  }

  @Override
  public void close() {
    registry.close();
    kafka.close();
    postgres.close();
  }

  /** A test's database and wave. */
  final class Source {
    final String database;
    final WaveId wave;

    Source(String name) {
      this.database = name;
      this.wave = new WaveId("it", name);
    }

    void sql(String... statements) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    String query(String sql) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          java.sql.ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getString(1);
      }
    }

    Connection connect() throws SQLException {
      return postgres.connect(database);
    }

    SourceConnections connections() {
      return new SourceConnections(
          new DatabaseEndpoint(
              postgres.jdbcUrl(database),
              postgres.user(),
              new Secret(postgres.password()),
              Map.of()));
    }

    Capture capture(String... tables) {
      return capture(Duration.ofMillis(200), tables);
    }

    Capture capture(Duration heartbeat, String... tables) {
      List<TableId> ids =
          java.util.Arrays.stream(tables).map(table -> new TableId("public", table)).toList();
      return new Capture(
          new CaptureConfig(wave, ids, new TopicConfig(1, 1), heartbeat),
          connections(),
          kafkaEndpoint(),
          registryEndpoint(),
          RHYTHM);
    }

    Running start(String... tables) {
      Capture capture = capture(tables);
      capture.prepare();
      return new Running(capture, this);
    }

    /** The bytes of the log's first BEGIN. */
    ConsumerRecord<byte[], byte[]> firstBegin() {
      return firstTransaction().get(0);
    }

    /** The bytes of the log's first transaction, from BEGIN to END. */
    List<ConsumerRecord<byte[], byte[]>> firstTransaction() {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      try (org.apache.kafka.clients.consumer.KafkaConsumer<byte[], byte[]> consumer =
          new org.apache.kafka.clients.consumer.KafkaConsumer<>(
              Map.of("bootstrap.servers", kafka.bootstrap()),
              new org.apache.kafka.common.serialization.ByteArrayDeserializer(),
              new org.apache.kafka.common.serialization.ByteArrayDeserializer())) {
        org.apache.kafka.common.TopicPartition log =
            new org.apache.kafka.common.TopicPartition(wave.logTopic(), 0);
        consumer.assign(List.of(log));
        consumer.seekToBeginning(List.of(log));
        while (true) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            byte kind = record.headers().lastHeader("veer.kind").value()[0];
            if (kind != 'O') {
              records.add(record);
            }
            if (kind == 'E') {
              return records;
            }
          }
        }
      }
    }

    KafkaLogReader reader() {
      return KafkaLogReader.open(kafkaEndpoint(), registryEndpoint(), wave, new TopicConfig(1, 1));
    }

    /** Reads from the begin until an event matches; all events so far, heartbeats' too. */
    List<LogEvent> readUntil(Predicate<LogEvent> last) {
      List<LogEvent> events = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      try (KafkaLogReader reader = reader()) {
        while (System.nanoTime() < deadline) {
          for (LoggedEvent event : reader.poll(Duration.ofMillis(200))) {
            events.add(event.event());
            if (last.test(event.event())) {
              return events;
            }
          }
        }
      }
      throw new AssertionError("Not seen in the log; it has " + events.size() + " events");
    }

    /** The changes of tables, in the log's order, up to the transaction that holds the n-th. */
    List<ChangeEvent> changes(int count) {
      List<ChangeEvent> changes = new ArrayList<>();
      readUntil(
          event -> {
            if (event instanceof ChangeEvent change && !(event instanceof Heartbeat)) {
              changes.add(change);
            }
            return event instanceof TransactionEnd && changes.size() >= count;
          });
      return changes;
    }
  }

  /** A capture on a thread of its own. */
  static final class Running implements AutoCloseable {
    final Capture capture;
    private final Thread thread;
    volatile @Nullable Throwable failure;

    Running(Capture capture, Source source) {
      this.capture = capture;
      this.thread = new Thread(this::run, "capture " + source.wave);
      thread.start();
    }

    private void run() {
      try {
        capture.run();
      } catch (Throwable e) {
        failure = e;
      }
    }

    void join() throws InterruptedException {
      thread.join(PATIENCE.toMillis());
      if (thread.isAlive()) {
        throw new AssertionError("The capture has not ended");
      }
    }

    @Override
    public void close() throws InterruptedException {
      capture.stop();
      join();
    }
  }
}
