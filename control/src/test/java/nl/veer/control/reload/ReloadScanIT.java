package nl.veer.control.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.veer.connectors.event.TableId;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.WaveScan;
import nl.veer.control.wave.TableReload;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** While a table is loaded anew nothing is said of it, and its wave says that it waits. */
class ReloadScanIT {
  private static final TableId ANEW = new TableId("public", "anew");
  private static final TableId QUIET = new TableId("public", "quiet");

  @Test
  void aTableThatIsBeingLoadedIsUnknownAndNeverDifferent() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE anew (id int PRIMARY KEY, v text)",
            "CREATE TABLE quiet (id int PRIMARY KEY, v text)")) {
      world.onSource(
          "INSERT INTO anew SELECT i, i FROM generate_series(1, 500) i",
          "INSERT INTO quiet SELECT i, i FROM generate_series(1, 500) i");
      Crossing crossing = world.cross();
      TableReload reload = new TableReload(world.migration().source(), world.migration().target());
      world.onTarget("DELETE FROM anew WHERE id < 100");

      try (HeldCopy held = new HeldCopy(world, "anew", 500)) {
        reload.ask(world.wave, List.of(ANEW));
        crossing.await("the load's last row", () -> held.holdsAnother(""));

        Map<TableId, Verdict> verdicts = scan(world);

        assertThat(verdicts.get(ANEW))
            .isInstanceOfSatisfying(
                Verdict.Unknown.class,
                unknown -> assertThat(unknown.reason()).isEqualTo(UnknownReason.BEHIND));
        assertThat(verdicts.get(QUIET)).isEqualTo(Verdict.equal());
        assertThat(crossing.replicator().state()).isEqualTo(ReplicatorStatus.State.LOADING);
        assertThat(crossing.replicator().loads())
            .filteredOn(load -> !load.complete())
            .extracting(ReplicatorStatus.LoadProgress::table)
            .containsExactly(ANEW);
        long lag = crossing.replicator().lag().ageMillis();
        crossing.await("the lag to grow", () -> crossing.replicator().lag().ageMillis() > lag);
      }
      crossing.awaitReplicating();
      crossing.awaitEqual();
      assertThat(scan(world)).containsEntry(ANEW, Verdict.equal());
    }
  }

  private static Map<TableId, Verdict> scan(CrossingWorld world) throws SQLException {
    return WaveScan.of(world).tables().stream()
        .collect(Collectors.toMap(TableStatement::table, TableStatement::verdict));
  }
}
