package nl.veer.replicator.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureConfig;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorConfig;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.oracle.Judgement;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopSchema;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A shop on a source and a target, its log, which a capture writes, and a cluster of two workers.
 */
final class ConnectWorld implements AutoCloseable {
  static final WaveId WAVE = new WaveId("shop", "main");
  static final TopicConfig TOPIC = new TopicConfig(1, 1);
  private static final TopicPartition LOG = new TopicPartition(WAVE.logTopic(), 0);

  private static final Duration PATIENCE =
      Duration.ofSeconds(Long.getLong("veer.patience", 240) / 2);
  private static final int RATE = 60;

  private final Sandbox sandbox;
  private final Capture capture;
  private final Thread capturing;
  private final ConnectCluster cluster;
  private long seed = 1;

  private ConnectWorld() throws SQLException {
    this.sandbox = Sandbox.startTemporary();
    try (Connection source = sandbox.source().connect("postgres");
        Connection target = sandbox.target().connect("postgres")) {
      ShopSchema.create(source);
      ShopSchema.create(target);
      new ShopFill(1, 100).fill(source);
    }
    this.capture =
        new Capture(
            new CaptureConfig(WAVE, tables(), TOPIC, Duration.ofMillis(500)),
            new SourceConnections(endpoint(sandbox.source())),
            kafka(),
            registry());
    capture.prepare();
    this.capturing = new Thread(capture::run, "capture");
    capturing.setDaemon(true);
    capturing.start();
    this.cluster = new ConnectCluster(sandbox.kafka().bootstrap());
  }

  static ConnectWorld start() throws SQLException {
    return new ConnectWorld();
  }

  private static List<TableId> tables() {
    return ShopSchema.TABLES.stream().map(name -> new TableId(ShopSchema.NAME, name)).toList();
  }

  ConnectCluster cluster() {
    return cluster;
  }

  KafkaEndpoint kafka() {
    return new KafkaEndpoint(sandbox.kafka().bootstrap(), Map.of());
  }

  private RegistryEndpoint registry() {
    return new RegistryEndpoint(sandbox.registry().url(), Map.of());
  }

  private static DatabaseEndpoint endpoint(SandboxPostgres server) {
    return new DatabaseEndpoint(
        server.jdbcUrl("postgres"), server.user(), new Secret(server.password()), Map.of());
  }

  /** A connector that carries the shop's wave, and loads it by itself. */
  Map<String, String> settings() {
    return settings(WAVE);
  }

  Map<String, String> settings(WaveId wave) {
    Map<String, String> settings = new HashMap<>(Settings.sound());
    settings.remove("name");
    settings.put("topics", wave.logTopic());
    settings.put("wave", wave.wave());
    settings.put(
        "tables", tables().stream().map(TableId::toString).collect(Collectors.joining(",")));
    put(settings, "source", sandbox.source());
    put(settings, "target", sandbox.target());
    settings.put("kafka.bootstrap", sandbox.kafka().bootstrap());
    settings.put("registry.url", sandbox.registry().url());
    settings.put("verification.ledger", "false");
    settings.put("consumer.override.session.timeout.ms", "6000");
    settings.put("consumer.override.heartbeat.interval.ms", "1000");
    return settings;
  }

  private static void put(Map<String, String> settings, String side, SandboxPostgres server) {
    settings.put(side + ".url", server.jdbcUrl("postgres"));
    settings.put(side + ".user", server.user());
    settings.put(side + ".password", server.password());
  }

  /** Veer's own replicator of the wave, as {@code veer replicate} runs it. */
  Replicator replicator() {
    return new Replicator(
        new ReplicatorConfig(WAVE, tables(), 2, false, 20_000, 16 << 20, Duration.ofMillis(500)),
        new SourceConnections(endpoint(sandbox.source())),
        new TargetConnections(endpoint(sandbox.target())),
        () -> KafkaLogReader.open(kafka(), registry(), WAVE, TOPIC));
  }

  /** Where the target goes on in the log. */
  long stampOffset() {
    return records().stamp(WAVE).map(Stamp::logOffset).orElseThrow();
  }

  private WaveRecords records() {
    return new WaveRecords(new PostgresTarget(), new TargetConnections(endpoint(sandbox.target())));
  }

  /** What Connect has committed for the sink's group. */
  long committedOffset(String connector) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.kafka().bootstrap()))) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets("connect-" + connector)
              .partitionsToOffsetAndMetadata()
              .get();
      return Objects.requireNonNull(committed.get(LOG)).offset();
    }
  }

  /** Moves what Connect has committed, once nobody is in the group, to the log's end. */
  void commitTheEnd(String connector) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.kafka().bootstrap()))) {
      long end =
          admin.listOffsets(Map.of(LOG, OffsetSpec.latest())).partitionResult(LOG).get().offset();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                admin
                    .alterConsumerGroupOffsets(
                        "connect-" + connector, Map.of(LOG, new OffsetAndMetadata(end)))
                    .all()
                    .get();
                return true;
              });
    }
  }

  /** Clients that write to the shop until they are stopped. */
  ShopWorkload writing() throws SQLException {
    return ShopWorkload.start(
        WorkloadConfig.of(seed++, RATE).withTruncateEvery(Duration.ofSeconds(5)),
        () -> sandbox.source().connect("postgres"));
  }

  /** Waits until the target has everything that the source has by now. */
  void awaitLevel() throws SQLException {
    LsnPosition now = LsnPosition.parse(written());
    WaveRecords records = records();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                records.stamp(WAVE).map(Stamp::position).filter(at -> isPast(at, now)).isPresent());
  }

  private static boolean isPast(Position stamp, LsnPosition now) {
    return stamp.compareTo(now) >= 0;
  }

  private String written() throws SQLException {
    try (Connection source = sandbox.source().connect("postgres");
        Statement statement = source.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
      row.next();
      return row.getString(1);
    }
  }

  /** The clients stop; then the target gets what it has not, and is judged. */
  void assertEqualBehind(ShopWorkload writing) throws SQLException {
    writing.stop();
    assertThat(writing.committed()).isPositive();
    awaitLevel();
    try (Connection source = sandbox.source().connect("postgres");
        Connection target = sandbox.target().connect("postgres")) {
      Judgement judgement = Oracle.compare(source, target, List.of(ShopSchema.NAME));
      assertThat(judgement.equal()).as(judgement.toString()).isTrue();
    }
  }

  @Override
  public void close() throws InterruptedException {
    cluster.close();
    capture.stop();
    capturing.join(Duration.ofSeconds(20).toMillis());
    sandbox.close();
  }
}
