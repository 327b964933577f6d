package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogWriter;
import nl.veer.connectors.log.TopicConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A capture whose log another has opened: that other may be at work, or gone. */
class CaptureFencedIT {
  private static CaptureWorld world;

  @BeforeAll
  static void begin() {
    world = CaptureWorld.shared();
  }

  @Test
  void startsAnewWhenItWasFencedThoughNobodyElseCaptures() throws Exception {
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'a')");
      source.changes(1);
      fence(source);
      source.sql("INSERT INTO t VALUES (2, 'b')");

      assertThat(source.changes(2)).hasSize(2);

      assertThat(running.failure).isNull();
    }
    LogChecks.requireGaplessLog(world, source);
  }

  @Test
  void goesOnHoweverOftenItWasFencedWhileNobodyElseCaptures() throws Exception {
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
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
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
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
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
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
}
