package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.connectors.failure.Failure;
import org.junit.jupiter.api.Test;

/** What does not fit stops the wave, says so, and goes on when it fits again. */
class IncidentIT {
  private static final String[] PLAIN = {
    "CREATE TABLE t (id int PRIMARY KEY, v text)", "CREATE TABLE u (id int PRIMARY KEY)"
  };

  @Test
  @AtOnce
  void aRowDeletedByHandIsAnIncidentUntilItIsBack() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      world.onSource("INSERT INTO t VALUES (1, 'secret value'), (2, 'b')");
      Crossing crossing = world.cross();
      world.onTarget("DELETE FROM t WHERE id = 1");

      world.onSource("UPDATE t SET v = 'another secret' WHERE id = 1", "INSERT INTO u VALUES (7)");

      Failure incident = crossing.awaitIncident("ROW_COUNT");
      assertThat(incident.getMessage())
          .contains("public.t", "id", "position", "event 1")
          .doesNotContain("secret", "null");
      assertThat(incident.getMessage()).containsPattern("position [0-9A-F]+/[0-9A-F]+");
      assertThat(world.targetText("SELECT * FROM u")).isEmpty();

      world.onTarget("INSERT INTO t VALUES (1, 'secret value')");
      crossing.awaitEqual();
      assertThat(world.targetText("SELECT id FROM u")).isEqualTo("7");
      assertThat(crossing.replicator().failure()).isNull();
    }
  }

  @Test
  @AtOnce
  void aRowInsertedByHandIsAnIncidentUntilItIsGone() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      Crossing crossing = world.cross();
      world.onTarget("INSERT INTO t VALUES (1, 'by hand')");

      world.onSource("INSERT INTO t VALUES (1, 'real')", "INSERT INTO u VALUES (7)");

      Failure incident = crossing.awaitIncident();
      assertThat(incident.getMessage())
          .contains("public.t", "position")
          .doesNotContain("by hand", "real");
      assertThat(world.targetText("SELECT count(*) FROM u")).isEqualTo("0");

      world.onTarget("DELETE FROM t");
      crossing.awaitEqual();
    }
  }

  @Test
  @AtOnce
  void aColumnThatTheTargetLacksIsAnIncidentUntilItIsThere() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      world.onSource("INSERT INTO t VALUES (1, 'a')");
      Crossing crossing = world.cross();

      world.onSource(
          "ALTER TABLE t ADD more int",
          "INSERT INTO t VALUES (2, 'b', 20)",
          "UPDATE t SET more = 10 WHERE id = 1",
          "INSERT INTO u VALUES (7)");

      Failure incident = crossing.awaitIncident();
      assertThat(incident.getMessage()).contains("public.t", "more", "position");
      assertThat(world.targetText("SELECT count(*) FROM u")).isEqualTo("0");
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("1");

      world.onTarget("ALTER TABLE t ADD more int");
      crossing.awaitEqual();
      assertThat(world.targetText("SELECT * FROM t ORDER BY id")).isEqualTo("1|a|10\n2|b|20");
    }
  }

  @Test
  @AtOnce
  void aColumnAddedOnBothSidesFirstOnTheTargetJustFlows() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      Crossing crossing = world.cross();
      world.onSource("INSERT INTO t VALUES (1, 'a')");
      crossing.awaitApplied();

      world.onBoth("ALTER TABLE t ADD more int DEFAULT 5");
      world.onSource("INSERT INTO t VALUES (2, 'b', 20)", "UPDATE t SET v = 'A' WHERE id = 1");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT * FROM t ORDER BY id")).isEqualTo("1|A|5\n2|b|20");
    }
  }

  @Test
  @AtOnce
  void aColumnDroppedOnTheTargetAloneIsAnIncident() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(PLAIN)) {
      world.onSource("INSERT INTO t VALUES (1, 'a')");
      Crossing crossing = world.cross();

      world.onTarget("ALTER TABLE t DROP v");
      world.onSource("UPDATE t SET v = 'b'");

      assertThat(crossing.awaitIncident().getMessage()).contains("public.t");
      world.onTarget("ALTER TABLE t ADD v text");
      crossing.awaitEqual();
    }
  }
}
