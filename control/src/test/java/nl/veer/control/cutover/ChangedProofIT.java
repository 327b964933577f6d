package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wave that is too large for its outage, by its statistics: what has changed since a scan is
 * compared. One world, for it is the same wave that goes on.
 */
class ChangedProofIT {
  /** Takes 100 s to compare, which is more than half of the budget, and 10 s to count. */
  private static final String STATISTICS =
      "UPDATE pg_class SET reltuples = 20000000 WHERE relname = 'item'";

  @TempDir private Path data;

  @Test
  void whatHasChangedSinceTheScanIsComparedAndNothingThatChangedIsMissed() throws SQLException {
    CrossingWorld crossing =
        CrossingWorld.with(
            "CREATE TABLE item (id int PRIMARY KEY, v text) WITH (autovacuum_enabled = false)",
            "CREATE TABLE tag (area text COLLATE \"C\", n int, v text, PRIMARY KEY (area, n))",
            "CREATE TABLE note (v text)",
            "ALTER TABLE note REPLICA IDENTITY FULL");
    crossing.onSource(
        "INSERT INTO item SELECT i, 'v' || i FROM generate_series(1, 100000) i",
        "INSERT INTO tag SELECT 'a' || i % 7, i, 'v' FROM generate_series(1, 1000) i",
        "INSERT INTO note SELECT 'n' || i FROM generate_series(1, 10) i",
        "ANALYZE",
        STATISTICS);
    try (CutoverWorld world = CutoverWorld.begin(crossing, data)) {
      whatHasNotChangedRestsOnTheScan(world);
      onlyTouchedPartsAreCompared(world);
      whatNoLogTellsIsFoundWhereAPartIsComparedOrCounted(world);
      whatAnotherWroteOnTheTargetIsFoundWhereverItIs(world);
    }
  }

  /** There is none on record: it is made first, while writes go on. */
  private static void whatHasNotChangedRestsOnTheScan(CutoverWorld world) throws SQLException {
    Attempt attempt = rehearsed(world);

    assertThat(attempt.facts().rows()).isZero();
    assertThat(attempt.facts().tables()).isEqualTo(3);
    assertThat(attempt.facts().proof())
        .startsWith("0 of 8 parts, in 0 of 3 tables")
        .endsWith("the rows of all tables were counted on both sides");
    assertThat(world.world.targetText("SELECT count(*) FROM veer.scan WHERE verdict = 'EQUAL'"))
        .isEqualTo("3");
  }

  private static void onlyTouchedPartsAreCompared(CutoverWorld world) throws SQLException {
    world.world.onSource(
        "UPDATE item SET v = 'new' WHERE id = 5",
        "UPDATE item SET id = 100001 WHERE id = 50000",
        "DELETE FROM tag WHERE n = 7");

    Attempt attempt = rehearsed(world);

    assertThat(attempt.facts().proof())
        .as("the first, third and fifth part of item, and tag, which has one")
        .startsWith("4 of 8 parts, in 2 of 3 tables");
    assertThat(attempt.facts().rows()).isEqualTo(3 * 20_000 + 999);
  }

  private static void whatNoLogTellsIsFoundWhereAPartIsComparedOrCounted(CutoverWorld world)
      throws SQLException {
    rewrite(world, "CASE WHEN id = 6 THEN 'rotten' ELSE v END");
    assertThat(given(world)).contains("public.item DIFFERENT, 1 rows differ");
    rewrite(world, "CASE WHEN id = 6 THEN 'v6' ELSE v END");
    rehearsed(world);

    world.world.onTarget(
        "CREATE EXTENSION pg_surgery",
        "SELECT heap_force_kill('item', ARRAY(SELECT ctid FROM item WHERE id = 70001))");
    assertThat(given(world))
        .as("in a part that nobody touched")
        .contains("public.item has 100,000 rows on the side that is left and 99,999 on the other");
  }

  private static void whatAnotherWroteOnTheTargetIsFoundWhereverItIs(CutoverWorld world)
      throws SQLException {
    foreign(world, "UPDATE item SET v = 'foreign' WHERE id = 30000");
    assertThat(given(world)).contains("public.item DIFFERENT, 1 rows differ");

    foreign(world, "TRUNCATE note");
    assertThat(given(world)).contains("public.note DIFFERENT, 10 rows differ");
  }

  private static Attempt rehearsed(CutoverWorld world) {
    Attempt attempt = world.rehearse(CutoverWorld.plain(), CutoverWorld.BUDGET);
    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Rehearsed());
    assertThat(attempt.facts().verdict()).isEqualTo("EQUAL");
    return attempt;
  }

  /** What it was given up for. */
  private static String given(CutoverWorld world) throws SQLException {
    Attempt attempt = world.rehearse(CutoverWorld.plain(), CutoverWorld.BUDGET);
    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Aborted());
    assertThat(attempt.failureCode()).as("%s", attempt).isEqualTo("NOT_EQUAL");
    assertThat(attempt.facts().verdict()).isEqualTo("DIFFERENT");
    assertThat(world.isSourceWritable("item")).isTrue();
    return String.valueOf(attempt.failure());
  }

  /**
   * On the target; the ledger has it before the attempt begins, so that this is not its finding.
   */
  private static void foreign(CutoverWorld world, String statement) throws SQLException {
    long known = findings(world);
    world.world.onTarget(statement);
    CrossingWorld.await("the ledger to know", () -> findings(world) > known);
  }

  /** On the target: a table that is rewritten is in no log. */
  private static void rewrite(CutoverWorld world, String value) throws SQLException {
    world.world.onTarget("ALTER TABLE item ALTER COLUMN v TYPE text USING " + value);
  }

  private static long findings(CutoverWorld world) {
    try (Connection home = world.world.target()) {
      return LedgerStore.view(home, world.leg().wave()).map(LedgerView::findings).orElse(0L);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
