package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.TableReload;
import org.junit.jupiter.api.Test;

/** How the source's log names a row changes while it runs: exact all the same, or stopped. */
class IdentityIT {
  private static final String NO_IDENTITY = "55000";

  @Test
  void aKeyedTableCarriesOnExactlyThroughEveryIdentity() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, v text, w int)")) {
      world.onSource(
          "ALTER TABLE t REPLICA IDENTITY FULL",
          "INSERT INTO t SELECT i, 'v', i FROM generate_series(1, 20) i");
      Crossing crossing = world.cross();
      changes(world, 1);
      crossing.awaitEqual();

      world.onSource("ALTER TABLE t REPLICA IDENTITY DEFAULT");
      changes(world, 4);
      crossing.awaitEqual();

      world.onSource("ALTER TABLE t REPLICA IDENTITY NOTHING");
      refusedBySource(world);
      world.onSource("INSERT INTO t VALUES (100, 'still there', 0)");
      crossing.awaitEqual();

      world.onSource(
          "ALTER TABLE t REPLICA IDENTITY DEFAULT", "ALTER TABLE t DROP CONSTRAINT t_pkey");
      refusedBySource(world);
      world.onSource(
          "INSERT INTO t VALUES (101, 'no key', 0)", "ALTER TABLE t REPLICA IDENTITY FULL");
      changes(world, 7);
      crossing.awaitEqual();
      assertThat(crossing.replicator().failure()).isNull();
    }
  }

  @Test
  void aTableThatWasKnownByWholeRowsStopsWhenItsLogNamesOnlyAKey() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE t (id int NOT NULL, v text)", "ALTER TABLE t REPLICA IDENTITY FULL")) {
      world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      Crossing crossing = world.cross();

      world.onSource(
          "ALTER TABLE t ADD PRIMARY KEY (id)",
          "ALTER TABLE t REPLICA IDENTITY DEFAULT",
          "UPDATE t SET v = 'c' WHERE id = 1");

      Failure incident = crossing.awaitIncident();
      assertThat(incident.code()).isIn("IDENTITY_MISSING", "KEY_MISSING");
      assertThat(incident.getMessage()).contains("public.t").doesNotContain("'c'");
      assertThat(world.targetText("SELECT * FROM t ORDER BY id")).isEqualTo("1|a\n2|b");

      new TableReload(world.migration().source(), world.migration().target())
          .ask(world.wave, List.of(new TableId("public", "t")));
      crossing.await("the incident's end", () -> crossing.replicator().failure() == null);
      crossing.awaitEqual();
    }
  }

  /** Of a value, of the key, and away. */
  private static void changes(CrossingWorld world, int id) throws SQLException {
    world.onSource(
        "UPDATE t SET v = 'changed' WHERE id = " + id,
        "UPDATE t SET id = id + 50 WHERE id = " + (id + 1),
        "DELETE FROM t WHERE id = " + (id + 2));
  }

  /** PostgreSQL itself does not take a change that its log could not name. */
  private static void refusedBySource(CrossingWorld world) {
    assertThatThrownBy(() -> world.onSource("UPDATE t SET v = 'x' WHERE id = 10"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NO_IDENTITY));
  }
}
