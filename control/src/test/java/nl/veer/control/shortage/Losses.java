package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.LogTopic;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRemoval;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** What a wave loses, that this is noticed before anything is applied, and the way on. */
final class Losses {
  /** The second has no key: applied twice, a change of it would show. */
  static final String[] TABLES = {
    "CREATE TABLE t (id int PRIMARY KEY, v text)",
    "CREATE TABLE trail (note text)",
    "ALTER TABLE trail REPLICA IDENTITY FULL"
  };

  private Losses() {}

  /** Carries the statements over, proves it, and ends the roles. */
  static void crossAndEnd(CrossingWorld world, String... statements) throws Exception {
    try (Crossing crossing = world.cross()) {
      world.onSource(statements);
      crossing.awaitEqual();
    }
  }

  /** The roles do not start, and the target's tables stay as they are. */
  static void requireLost(CrossingWorld world, Role role, String code) throws Exception {
    String before = contents(world);
    try (Crossing crossing = world.begin(role)) {
      Failure failure = crossing.awaitFailure();
      assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
      assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
      assertThat(failure).hasMessageContaining("veer load --again");
    }
    assertThat(contents(world)).isEqualTo(before);
  }

  static String contents(CrossingWorld world) throws Exception {
    return world.targetText("SELECT * FROM t ORDER BY id")
        + world.targetText("SELECT * FROM trail ORDER BY note");
  }

  /** As {@code veer load --again} does it. */
  static void loadAgain(CrossingWorld world) throws Exception {
    new WaveRemoval(world.migration().source(), world.migration().target(), kafka())
        .loadAgain(world.wave);
  }

  static KafkaEndpoint kafka() {
    return new KafkaEndpoint(CrossingWorld.sandbox().kafka().bootstrap(), Map.of());
  }

  static void deleteTopic(CrossingWorld world) {
    LogTopic topic = new LogTopic(kafka(), world.wave);
    topic.delete();
    CrossingWorld.await("the topic's end", () -> topic.id().isEmpty());
  }

  /** Deletes all records that the log holds now. */
  static void deleteRecords(CrossingWorld world) throws Exception {
    TopicPartition log = new TopicPartition(world.wave.logTopic(), 0);
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", kafka().bootstrap()))) {
      admin.deleteRecords(Map.of(log, RecordsToDelete.beforeOffset(-1))).all().get();
    }
  }
}
