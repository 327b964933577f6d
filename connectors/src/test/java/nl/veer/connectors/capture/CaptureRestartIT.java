package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.veer.connectors.capture.CaptureStatus.State;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.LogWriter;
import nl.veer.connectors.log.TopicConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ends and starts of the capture. */
class CaptureRestartIT {
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
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
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
    CaptureWorld.Source source = world.captured();
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
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
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
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
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
  void preparesAgainWithoutHarmWhileItRuns() throws Exception {
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
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
    CaptureWorld.Source source =
        world.source(CaptureWorld.TABLE, "CREATE TABLE u (id int PRIMARY KEY)");
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
    CaptureWorld.Source source = world.captured();
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
}
