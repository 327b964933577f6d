package nl.veer.control.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.CrossingWorld;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a target must have for an echo, looked at before anything is loaded. */
class EchoGroundIT {

  @Test
  void refusesARoleThatMayNotReplicate() throws SQLException {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY)")) {
      world.onTarget("CREATE ROLE plain LOGIN PASSWORD 'plain'");
      DatabaseEndpoint target =
          new DatabaseEndpoint(
              world.targetEndpoint().url(), "plain", new Secret("plain"), Map.of());
      try {
        refused(new EchoGround(world.wave, new TargetConnections(target)), "ECHO_RIGHTS");
      } finally {
        world.onTarget("DROP ROLE plain");
      }
    }
  }

  @Test
  void refusesATargetWithoutAFreeSlotUnlessItIsTheEchosOwn() throws SQLException {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY)")) {
      EchoGround ground = ground(world);
      ground.requireCapturable();
      world.onTarget(
          "SELECT pg_create_physical_replication_slot('veer_taken_' || i) FROM generate_series(1,"
              + " current_setting('max_replication_slots')::int"
              + " - (SELECT count(*)::int FROM pg_replication_slots)) i");
      try {
        refused(ground, "ECHO_ROOM");
        world.onTarget("SELECT pg_drop_replication_slot('veer_taken_1')");
        slot(world);
        ground.requireCapturable();
      } finally {
        world.onTarget(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                + " WHERE slot_name LIKE 'veer\\_taken\\_%'");
      }
    }
  }

  @Test
  void saysThatNobodyReadsTheEchosSlotAndHowMuchIsKept() throws SQLException {
    Logger log = (Logger) LoggerFactory.getLogger(EchoWatch.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY)")) {
      EchoWatch watch = new EchoWatch(world.wave, ground(world), Duration.ofMillis(50));
      watch.begin();
      slot(world);
      CrossingWorld.await("the warning", () -> !List.copyOf(said.list).isEmpty());
      watch.stop();
      assertThat(said.list.get(0).getFormattedMessage())
          .contains("the target keeps its WAL for it (")
          .contains("start veer verify");
    } finally {
      log.detachAppender(said);
    }
  }

  /** The target's readers and writers queue behind whoever waits for the whole table. */
  @Test
  void doesNotWaitLongForATableThatIsInUse() throws SQLException {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY)");
        Connection reader = world.target()) {
      world.onTarget("ALTER TABLE t REPLICA IDENTITY NOTHING");
      world.cross().close();
      reader.setAutoCommit(false);
      CrossingWorld.execute(reader, "SELECT * FROM t");
      assertThatThrownBy(ground(world)::lay)
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.getMessage()).contains("lock timeout"));
      reader.rollback();
      ground(world).lay();
      assertThat(world.targetText("SELECT relreplident FROM pg_class WHERE relname = 't'"))
          .isEqualTo("f");
    }
  }

  private static EchoGround ground(CrossingWorld world) {
    return new EchoGround(world.wave, new TargetConnections(world.targetEndpoint()));
  }

  /** The world drops it. */
  private static void slot(CrossingWorld world) throws SQLException {
    try (Connection target = world.target()) {
      PostgresSlots.create(target, world.wave.echo().slot());
    }
  }

  private static void refused(EchoGround ground, String code) {
    assertThatThrownBy(ground::requireCapturable)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
