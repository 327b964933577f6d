package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.LogWriter;
import nl.veer.connectors.log.TopicConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every way in which the place to go on from can be lost. */
class CaptureLostIT {
  private static CaptureWorld world;

  @BeforeAll
  static void begin() {
    world = CaptureWorld.shared();
  }

  @Test
  void stopsWhenTheSlotIsGone() throws Exception {
    CaptureWorld.Source source = world.captured();
    source.sql("SELECT pg_drop_replication_slot('%s')".formatted(source.wave.slot()));
    requireLost(source, "SLOT_LOST");
  }

  @Test
  void stopsWhenTheSlotIsGoneBeforeTheFirstTransaction() throws Exception {
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
    source.capture("t").prepare();
    source.sql("SELECT pg_drop_replication_slot('%s')".formatted(source.wave.slot()));
    requireLost(source, "SLOT_LOST");
  }

  @Test
  void stopsWhenTheSlotWasMadeAnew() throws Exception {
    CaptureWorld.Source source = world.captured();
    source.sql(
        "SELECT pg_drop_replication_slot('%s')".formatted(source.wave.slot()),
        "INSERT INTO t VALUES (99, 'never captured')",
        "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')"
            .formatted(source.wave.slot()));
    requireLost(source, "SLOT_AHEAD");
  }

  @Test
  void stopsWhenTheSourceGaveTheSlotUp() throws Exception {
    CaptureWorld.Source source = world.captured();
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
    CaptureWorld.Source source = world.captured();
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
    CaptureWorld.Source source = world.captured();
    TopicPartition log = new TopicPartition(source.wave.logTopic(), 0);
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", world.kafka.bootstrap()))) {
      admin.deleteRecords(Map.of(log, RecordsToDelete.beforeOffset(-1))).all().get();
    }
    requireLost(source, "LOG_UNKNOWN_SOURCE");
  }

  @Test
  void stopsWhenTheSourceIsAnotherServerOrTimeline() throws Exception {
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
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
