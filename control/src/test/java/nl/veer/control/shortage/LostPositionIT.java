package nl.veer.control.shortage;

import static nl.veer.control.shortage.Losses.contents;
import static nl.veer.control.shortage.Losses.crossAndEnd;
import static nl.veer.control.shortage.Losses.loadAgain;
import static nl.veer.control.shortage.Losses.requireLost;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.TableReload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every place that a wave goes on from can be lost while nothing runs. Each loss is noticed before
 * a row is written, under its own code, and {@code veer load --again} leads on.
 */
class LostPositionIT {

  /** Of all waves on the shared source. */
  private static final String SLOTS = "slots";

  @FunctionalInterface
  interface Damage {
    void to(CrossingWorld world) throws Exception;
  }

  /** One row of the table of cases. */
  record Loss(String of, String code, Damage damage) {
    @Override
    public String toString() {
      return of;
    }
  }

  static Stream<Loss> losses() {
    return Stream.of(
        new Loss("slot dropped", "SLOT_LOST", LostPositionIT::dropSlot),
        new Loss("slot dropped and made anew", "SLOT_AHEAD", LostPositionIT::remakeSlot),
        new Loss("topic deleted", "LOG_UNKNOWN_SOURCE", Losses::deleteTopic),
        new Loss("topic deleted and made anew", "LOG_UNKNOWN_SOURCE", LostPositionIT::remakeTopic),
        new Loss("log's records deleted", "LOG_UNKNOWN_SOURCE", Losses::deleteRecords),
        stamp("moved forward", "UPDATE veer.stamp SET transaction_number = transaction_number + 2"),
        stamp("moved back", "UPDATE veer.stamp SET log_offset = 4, transaction_number = 1"),
        stamp("given another position", "UPDATE veer.stamp SET position = '0/1'"),
        stamp("given another epoch", "UPDATE veer.stamp SET epoch = epoch + 7"),
        stamp("forgotten", "UPDATE veer.stamp SET log_id = NULL, transaction_number = 0"),
        new Loss("stamp put back from a copy", "STAMP_CHANGED", LostPositionIT::putStampBack),
        new Loss("stamp deleted", "STAMP_LOST", world -> world.onTarget("DELETE FROM veer.stamp")),
        new Loss("stamps dropped", "STAMP_LOST", world -> world.onTarget("DROP TABLE veer.stamp")));
  }

  private static Loss stamp(String how, String statement) {
    return new Loss("stamp " + how, "STAMP_CHANGED", world -> world.onTarget(statement));
  }

  @ParameterizedTest
  @AtOnce
  @ResourceLock(value = SLOTS, mode = ResourceAccessMode.READ)
  @MethodSource("losses")
  void isNoticedBeforeARowIsWrittenAndLoadingAgainLeadsOn(Loss loss) throws Exception {
    isNoticed(loss);
  }

  /** The setting is the server's: no other wave may have a slot meanwhile. */
  @Test
  @ResourceLock(value = SLOTS, mode = ResourceAccessMode.READ_WRITE)
  void aSlotThatTheServerGaveUpIsNoticedToo() throws Exception {
    isNoticed(new Loss("slot given up", "SLOT_INVALIDATED", LostPositionIT::exceedSlot));
  }

  private static void isNoticed(Loss loss) throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      crossAndEnd(world, "INSERT INTO t VALUES (1, 'a')", "INSERT INTO trail VALUES ('once')");
      world.onSource("INSERT INTO t VALUES (2, 'b')", "INSERT INTO trail VALUES ('then')");

      loss.damage().to(world);
      requireLost(world, Role.RUN, loss.code());

      loadAgain(world);
      crossAndEnd(world, "UPDATE t SET v = 'c'", "INSERT INTO trail VALUES ('at last')");
    }
  }

  @Test
  @AtOnce
  @ResourceLock(value = SLOTS, mode = ResourceAccessMode.READ)
  void recordsDeletedAheadOfTheReaderAreNoticed() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      crossAndEnd(world, "INSERT INTO t VALUES (1, 'a')");
      try (Crossing capture = world.begin(Role.CAPTURE)) {
        long before = capture.capture().transaction();
        world.onSource("INSERT INTO t VALUES (2, 'b')", "INSERT INTO trail VALUES ('unread')");
        capture.await("more of the log", () -> capture.capture().transaction() > before + 2);
        Losses.deleteRecords(world);

        requireLost(world, Role.REPLICATE, "LOG_LOST");
      }
    }
  }

  @Test
  @AtOnce
  @ResourceLock(value = SLOTS, mode = ResourceAccessMode.READ)
  void aStampThatIsChangedWhileItRunsStopsTheNextBatch() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES);
        Crossing crossing = world.cross()) {
      world.onSource("INSERT INTO trail VALUES ('before')");
      crossing.awaitApplied();

      world.onTarget("UPDATE veer.stamp SET transaction_number = transaction_number");

      Failure failure = crossing.awaitFailure();
      assertThat(failure.code()).as(failure.getMessage()).isEqualTo("STAMP_CHANGED");
      assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
      crossing.close();
      loadAgain(world);
      crossAndEnd(world, "INSERT INTO trail VALUES ('after')");
    }
  }

  @Test
  @AtOnce
  @ResourceLock(value = SLOTS, mode = ResourceAccessMode.READ)
  void aTableIsNotLoadedAgainBesideAStampThatIsNotTrue() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      crossAndEnd(world, "INSERT INTO t VALUES (1, 'a')");
      world.onTarget("UPDATE veer.stamp SET transaction_number = transaction_number + 2");

      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> loadTableAgain(world)))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("STAMP_CHANGED"));
      requireLost(world, Role.RUN, "STAMP_CHANGED");
    }
  }

  @Test
  @AtOnce
  @ResourceLock(value = SLOTS, mode = ResourceAccessMode.READ)
  void withoutAnyRecordsTheTargetsRowsAreNotTakenForCopied() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(Losses.TABLES)) {
      crossAndEnd(world, "INSERT INTO t VALUES (1, 'a')", "INSERT INTO trail VALUES ('once')");
      String before = contents(world);
      world.onTarget("DROP SCHEMA veer CASCADE");

      try (Crossing crossing = world.begin(Role.RUN)) {
        Failure failure = crossing.awaitFailure();
        assertThat(failure.code()).isEqualTo("TARGET_NOT_EMPTY");
        assertThat(failure).hasMessageContaining("--truncate");
      }
      assertThat(contents(world)).isEqualTo(before);
    }
  }

  private static void loadTableAgain(CrossingWorld world) throws Exception {
    new TableReload(world.migration().source(), world.migration().target())
        .ask(world.wave, List.of(new TableId("public", "t")));
  }

  private static void dropSlot(CrossingWorld world) throws Exception {
    world.onSource("SELECT pg_drop_replication_slot('" + world.wave.slot() + "')");
  }

  private static void remakeSlot(CrossingWorld world) throws Exception {
    dropSlot(world);
    world.onSource(
        "SELECT pg_create_logical_replication_slot('" + world.wave.slot() + "', 'pgoutput')");
  }

  private static void exceedSlot(CrossingWorld world) throws Exception {
    world.onSource("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()");
    try {
      for (int segment = 0; segment < 4; segment++) {
        world.onSource(
            "CREATE TABLE filler (x int)", "DROP TABLE filler", "SELECT pg_switch_wal()");
      }
      world.onSource("CHECKPOINT");
    } finally {
      world.onSource("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
    }
  }

  private static void remakeTopic(CrossingWorld world) {
    Losses.deleteTopic(world);
    new LogTopic(Losses.kafka(), world.wave).create(new TopicConfig(1, 1, 256 << 20));
  }

  private static void putStampBack(CrossingWorld world) throws Exception {
    world.onTarget("CREATE SCHEMA dump", "CREATE TABLE dump.stamp AS SELECT * FROM veer.stamp");
    crossAndEnd(world, "INSERT INTO trail VALUES ('between')");
    world.onTarget(
        "DELETE FROM veer.stamp",
        "INSERT INTO veer.stamp SELECT * FROM dump.stamp",
        "DROP SCHEMA dump CASCADE");
  }
}
