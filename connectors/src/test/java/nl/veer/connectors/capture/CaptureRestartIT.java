package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.capture.CaptureStatus.State;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.LogWriter;
import nl.veer.connectors.log.TopicConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Ends and starts of the capture, and every way in which the place to go on from can be lost. */
class CaptureRestartIT {
  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v text)";

  private static CaptureWorld world;

  @BeforeAll
  static void begin() {
    world = CaptureWorld.shared();
  }

  @Test
  void leavesNoGapAndNoDuplicateOverCleanStopsUnderWrites() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY)");
    int rows = 3_000;
    Thread writer =
        new Thread(
            () -> {
              try (Connection connection = source.connect();
                  Statement statement = connection.createStatement()) {
                for (int i = 0; i < rows; i += 3) {
                  statement.execute(
                      "INSERT INTO t SELECT generate_series(%d, %d)".formatted(i, i + 2));
                }
              } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    source.capture("t").prepare();
    writer.start();
    for (int i = 0; i < 4; i++) {
      long before = LogTail.read(world.kafkaEndpoint(), source.wave).transaction();
      try (CaptureWorld.Running running = source.start("t")) {
        await()
            .atMost(CaptureWorld.PATIENCE)
            .until(() -> running.capture.status().transaction() > before);
        assertThat(running.failure).isNull();
      }
    }
    writer.join();
    try (CaptureWorld.Running running = source.start("t")) {
      source.changes(rows);
    }

    LogChecks.Seen seen = LogChecks.requireGaplessLog(world, source);
    assertThat(
            seen.values().stream()
                .filter(value -> value.getSchema().getName().equals("Envelope"))
                .map(
                    value -> ((org.apache.avro.generic.GenericRecord) value.get("after")).get("id"))
                .map(id -> (Integer) id)
                .sorted())
        .containsExactlyElementsOf(java.util.stream.IntStream.range(0, rows).boxed().toList());
  }

  @Test
  void supersedesATornTail() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'a')");
      source.changes(1);
    }
    LogTail tail = LogTail.read(world.kafkaEndpoint(), source.wave);
    try (LogWriter writer =
        LogWriter.open(world.kafkaEndpoint(), source.wave, new TopicConfig(1, 1))) {
      appendBegin(writer, source, tail.transaction() + 1);
      writer.commit();
    }
    assertThat(LogTail.read(world.kafkaEndpoint(), source.wave).transaction())
        .isEqualTo(tail.transaction());

    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (2, 'b')");
      assertThat(source.changes(2)).hasSize(2);
    }
    LogChecks.requireGaplessLog(world, source);
  }

  /** As the capture writes it: the log's first BEGIN, under another number. */
  private static void appendBegin(LogWriter writer, CaptureWorld.Source source, long transaction) {
    ConsumerRecord<byte[], byte[]> first = source.firstBegin();
    Headers headers = LogHeaders.event(RecordKind.BEGIN, new EventPlace(transaction, 0));
    headers.add(first.headers().lastHeader("veer.schema"));
    writer.append(first.value(), headers);
  }

  /** Kafka gives it up by itself after a minute; nobody shall wait for that. */
  @Test
  void discardsWhatAKilledCaptureLeftUncommittedAtOnce() throws Exception {
    CaptureWorld.Source source = captured();
    LogTail tail = LogTail.read(world.kafkaEndpoint(), source.wave);
    try (LogWriter killed =
        LogWriter.open(world.kafkaEndpoint(), source.wave, new TopicConfig(1, 1))) {
      appendBegin(killed, source, tail.transaction() + 1);
      LogTopic topic = new LogTopic(world.kafkaEndpoint(), source.wave);
      await()
          .atMost(CaptureWorld.PATIENCE)
          .until(() -> !topic.isSettledWithin(Duration.ofMillis(100)));

      long begin = System.nanoTime();
      try (CaptureWorld.Running running = source.start("t")) {
        source.sql("INSERT INTO t VALUES (2, 'b')");
        assertThat(source.changes(2)).hasSize(2);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(45));
      }
    }
    LogChecks.requireGaplessLog(world, source);
  }

  @Test
  void goesOnAfterTheBrokerAndTheDatabaseCameBack() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'a')");
      source.changes(1);
      world.postgres.restart(nl.veer.sandbox.postgres.StopMode.FAST);
      source.sql("INSERT INTO t VALUES (2, 'b')");
      source.changes(2);
      source.sql(
          "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
              + " WHERE slot_name = '%s'".formatted(source.wave.slot()));
      source.sql("INSERT INTO t VALUES (3, 'c')");
      assertThat(source.changes(3)).hasSize(3);
      assertThat(running.failure).isNull();
    }
    LogChecks.requireGaplessLog(world, source);
  }

  @Test
  void waitsWhileAnotherCaptureOfTheWaveRuns() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running first = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'a')");
      source.changes(1);
      CaptureWorld.Running second = source.start("t");
      await()
          .atMost(CaptureWorld.PATIENCE)
          .until(() -> second.capture.status().state() == State.RETRYING);
      assertThat(second.capture.status().failure())
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("SLOT_IN_USE"));
      source.sql("INSERT INTO t VALUES (2, 'b')");
      source.changes(2);
      assertThat(first.failure).isNull();

      first.close();
      source.sql("INSERT INTO t VALUES (3, 'c')");
      source.changes(3);
      assertThat(second.capture.status().state()).isEqualTo(State.STREAMING);
      second.close();
    }
    LogChecks.requireGaplessLog(world, source);
  }

  @Test
  void startsAnewWhenItWasFencedThoughNobodyElseCaptures() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'a')");
      source.changes(1);
      LogWriter.open(world.kafkaEndpoint(), source.wave, new TopicConfig(1, 1)).close();
      source.sql("INSERT INTO t VALUES (2, 'b')");

      assertThat(source.changes(2)).hasSize(2);

      assertThat(running.failure).isNull();
    }
    LogChecks.requireGaplessLog(world, source);
  }

  @Test
  void goesOnHoweverOftenItWasFencedWhileNobodyElseCaptures() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'a')");
      source.changes(1);
      long begin = System.nanoTime();
      await()
          .atMost(CaptureWorld.PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                fence(source);
                return running.failure != null
                    || System.nanoTime() - begin > Duration.ofSeconds(5).toNanos();
              });
      assertThat(running.failure).isNull();
      source.sql("INSERT INTO t VALUES (2, 'b')");

      assertThat(source.changes(2)).hasSize(2);
    }
    LogChecks.requireGaplessLog(world, source);
  }

  /** It may be the capture's own session, which the server has not given up yet. */
  @Test
  void waitsWhenItWasFencedAndASessionThatWritesNothingHoldsItsSlot() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      try (Connection other = replication(source)) {
        fenceUntilHeld(source, running, other);
        await()
            .atMost(CaptureWorld.PATIENCE)
            .until(
                () -> {
                  Failure waiting = running.capture.status().failure();
                  return running.failure != null
                      || (waiting != null && waiting.code().equals("SLOT_IN_USE"));
                });
        assertThat(running.failure).isNull();
      }
      source.sql("INSERT INTO t VALUES (2, 'b')");
      assertThat(source.changes(2)).hasSize(2);
    }
    LogChecks.requireGaplessLog(world, source);
  }

  @Test
  void endsWhenItWasFencedAndAnotherHoldsItsSlotAndWrites() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running running = source.start("t");
        Connection other = replication(source)) {
      fenceUntilHeld(source, running, other);
      try (LogWriter writer =
          LogWriter.open(world.kafkaEndpoint(), source.wave, new TopicConfig(1, 1))) {
        LogTail tail = LogTail.read(world.kafkaEndpoint(), source.wave);
        AtomicLong last = new AtomicLong(tail.transaction());
        await()
            .atMost(CaptureWorld.PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () -> {
                  appendAgain(writer, source, last.incrementAndGet());
                  return running.failure != null;
                });
      }
      assertThat(running.failure)
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
                assertThat(failure.code()).isEqualTo(LogWriter.FENCED);
              });
    }
    LogChecks.requireGaplessLog(world, source);
  }

  private static void fence(CaptureWorld.Source source) {
    LogWriter.open(world.kafkaEndpoint(), source.wave, new TopicConfig(1, 1)).close();
  }

  private static Connection replication(CaptureWorld.Source source) throws java.sql.SQLException {
    Properties replication = new Properties();
    replication.setProperty("user", world.postgres.user());
    replication.setProperty("password", world.postgres.password());
    replication.setProperty("replication", "database");
    replication.setProperty("assumeMinServerVersion", "14");
    replication.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(world.postgres.jdbcUrl(source.database), replication);
  }

  /** Returns when the capture was fenced and the other session has its slot. */
  private static void fenceUntilHeld(
      CaptureWorld.Source source, CaptureWorld.Running running, Connection other) throws Exception {
    source.sql("INSERT INTO t VALUES (1, 'a')");
    source.changes(1);
    AtomicBoolean held = new AtomicBoolean();
    Thread holder = new Thread(() -> hold(other, source, held));
    holder.start();
    // The capture may get its slot back first; then it is fenced again.
    await()
        .atMost(CaptureWorld.PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              if (!held.get()) {
                fence(source);
              }
              return held.get() || running.failure != null;
            });
    holder.interrupt();
    holder.join();
    assertThat(running.failure).isNull();
  }

  /** The log's first transaction again, under another number and position. */
  private static void appendAgain(LogWriter writer, CaptureWorld.Source source, long number) {
    for (ConsumerRecord<byte[], byte[]> record : source.firstTransaction()) {
      Headers headers = new RecordHeaders();
      for (Header header : record.headers()) {
        switch (header.key()) {
          case "veer.tx" ->
              headers.add(header.key(), ByteBuffer.allocate(Long.BYTES).putLong(number).array());
          case "veer.position" ->
              LogHeaders.withPosition(headers, new LsnPosition(Long.MAX_VALUE / 2 + number));
          default -> headers.add(header);
        }
      }
      writer.append(record.value(), headers);
    }
    writer.commit();
  }

  /** Takes the slot as soon as it is free, and keeps it. */
  private static void hold(Connection other, CaptureWorld.Source source, AtomicBoolean held) {
    while (!held.get() && !Thread.currentThread().isInterrupted()) {
      try {
        other
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .replicationStream()
            .logical()
            .withSlotName(source.wave.slot())
            .withSlotOption("proto_version", 1)
            .withSlotOption("publication_names", source.wave.publication())
            .start();
        held.set(true);
      } catch (java.sql.SQLException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void stopsWhenTheSlotIsGone() throws Exception {
    CaptureWorld.Source source = captured();
    source.sql("SELECT pg_drop_replication_slot('%s')".formatted(source.wave.slot()));
    requireLost(source, "SLOT_LOST");
  }

  @Test
  void stopsWhenTheSlotIsGoneBeforeTheFirstTransaction() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    source.capture("t").prepare();
    source.sql("SELECT pg_drop_replication_slot('%s')".formatted(source.wave.slot()));
    requireLost(source, "SLOT_LOST");
  }

  @Test
  void stopsWhenTheSlotWasMadeAnew() throws Exception {
    CaptureWorld.Source source = captured();
    source.sql(
        "SELECT pg_drop_replication_slot('%s')".formatted(source.wave.slot()),
        "INSERT INTO t VALUES (99, 'never captured')",
        "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')"
            .formatted(source.wave.slot()));
    requireLost(source, "SLOT_AHEAD");
  }

  @Test
  void stopsWhenTheSourceGaveTheSlotUp() throws Exception {
    CaptureWorld.Source source = captured();
    source.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
    try {
      for (int i = 0; i < 4; i++) {
        source.sql(
            "SELECT pg_logical_emit_message(false, 'fill', repeat('x', 1000000))",
            "SELECT pg_switch_wal()");
      }
      source.sql("CHECKPOINT");
      requireLost(source, "SLOT_INVALIDATED");
    } finally {
      source.sql("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
    }
  }

  @Test
  void stopsWhenTheTopicWasMadeAnew() throws Exception {
    CaptureWorld.Source source = captured();
    LogTopic topic = new LogTopic(world.kafkaEndpoint(), source.wave);
    topic.delete();
    await().atMost(CaptureWorld.PATIENCE).until(() -> topic.id().isEmpty());
    requireLost(source, "LOG_LOST");
    assertThatThrownBy(() -> source.capture("t").prepare())
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
              assertThat(failure.code()).isEqualTo("LOG_UNKNOWN_SOURCE");
              assertThat(failure).hasMessageContaining("veer load --again");
            });
    requireLost(source, "LOG_UNKNOWN_SOURCE");
  }

  @Test
  void stopsWhenTheTopicWasEmptied() throws Exception {
    CaptureWorld.Source source = captured();
    TopicPartition log = new TopicPartition(source.wave.logTopic(), 0);
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", world.kafka.bootstrap()))) {
      admin.deleteRecords(Map.of(log, RecordsToDelete.beforeOffset(-1))).all().get();
    }
    requireLost(source, "LOG_UNKNOWN_SOURCE");
  }

  @Test
  void stopsWhenTheSourceIsAnotherServerOrTimeline() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    new LogTopic(world.kafkaEndpoint(), source.wave).create(new TopicConfig(1, 1));
    try (LogWriter writer =
        LogWriter.open(world.kafkaEndpoint(), source.wave, new TopicConfig(1, 1))) {
      writer.append(null, LogHeaders.origin("7301234567890123456:1:shop", new LsnPosition(1)));
      writer.commit();
    }
    assertThatThrownBy(() -> source.capture("t").prepare())
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("SOURCE_CHANGED"));
    requireLost(source, "SOURCE_CHANGED");
  }

  @Test
  void preparesAgainWithoutHarmWhileItRuns() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    AtomicBoolean done = new AtomicBoolean();
    try (CaptureWorld.Running running = source.start("t")) {
      for (int i = 0; i < 5; i++) {
        source.sql("INSERT INTO t VALUES (%d, 'x')".formatted(i));
        source.capture("t").prepare();
      }
      source.changes(5);
      done.set(true);
      assertThat(running.failure).isNull();
    }
    assertThat(done).isTrue();
  }

  @Test
  void refusesAPublicationOfOtherTables() throws Exception {
    CaptureWorld.Source source = world.source(TABLE, "CREATE TABLE u (id int PRIMARY KEY)");
    source.capture("t").prepare();
    assertThatThrownBy(() -> source.capture("u").prepare())
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
              assertThat(failure)
                  .hasMessageContaining("lacks public.u")
                  .hasMessageContaining("also has public.t");
            });
  }

  @Test
  void dropsSlotAndPublicationAndBeginsAnew() throws Exception {
    CaptureWorld.Source source = captured();
    for (int i = 0; i < 2; i++) {
      try (Connection connection = source.connect()) {
        PostgresSlots.drop(connection, source.wave.slot());
        PostgresPublications.drop(connection, source.wave.publication());
        assertThat(PostgresSlots.find(connection, source.wave.slot())).isEmpty();
      }
    }
    LogTopic topic = new LogTopic(world.kafkaEndpoint(), source.wave);
    topic.delete();
    await().atMost(CaptureWorld.PATIENCE).until(() -> topic.id().isEmpty());

    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (7, 'new')");
      assertThat(source.changes(1)).hasSize(1);
    }
    LogChecks.requireGaplessLog(world, source);
  }

  private static CaptureWorld.Source captured() throws Exception {
    CaptureWorld.Source source = world.source(TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'a')");
      source.changes(1);
    }
    awaitFreeSlot(source);
    return source;
  }

  /** The server notices a moment later that the capture has gone. */
  private static void awaitFreeSlot(CaptureWorld.Source source) {
    String active =
        "SELECT active FROM pg_replication_slots WHERE slot_name = '" + source.wave.slot() + "'";
    await().atMost(CaptureWorld.PATIENCE).until(() -> source.query(active).equals("f"));
  }

  private static void requireLost(CaptureWorld.Source source, String code) {
    assertThatThrownBy(() -> source.capture("t").run())
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure).hasMessageContaining("veer load --again");
            });
  }
}
