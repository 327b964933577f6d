package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.CrossingWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator that dies before or behind each step of a cutover: one side is writable after all.
 * Each step is aborted and gone on with once; with {@code -Dsoak} after a death at either moment.
 */
class CutoverKillIT {
  private static final boolean SOAK = System.getProperty("soak") != null;

  private static final List<CutoverState> STATES =
      List.of(
          new CutoverState.Prepared(),
          new CutoverState.Fenced(),
          new CutoverState.Drained(),
          new CutoverState.Proven(),
          new CutoverState.Sequenced(),
          new CutoverState.Reversed(),
          new CutoverState.Opened());

  @TempDir private Path data;

  @Test
  void whatItLeavesIsAbortedOrGoneOnWith() throws SQLException {
    CrossingWorld crossing =
        CrossingWorld.with("CREATE TABLE item (id serial PRIMARY KEY, v text)");
    crossing.onSource("INSERT INTO item (v) SELECT 'v' || i FROM generate_series(1, 500) i");
    try (CutoverWorld world = CutoverWorld.begin(crossing, data)) {
      assertThat(world.cutOver(CutoverWorld.plain()).state()).isEqualTo(new CutoverState.Opened());
      boolean turn = true;
      for (CutoverState state : STATES) {
        for (Moment moment : Moment.values()) {
          if (state.back().isPresent() && (SOAK || turn)) {
            aborted(world, state, moment);
          }
          if (SOAK || !turn) {
            resumed(world, state, moment);
          }
          turn = !turn;
        }
        turn = !turn;
      }
      world.awaitEqual();
      nothingIsBegunOnALegThatIsOver(world);
      aFenceThatFellMeanwhileIsRaisedAgainAndWhatCameThroughComesOver(world);
    }
  }

  /** Whoever looked before the wave went over, and acts behind it. */
  private static void nothingIsBegunOnALegThatIsOver(CutoverWorld world) throws SQLException {
    int leg = world.leg().number();
    try (Cutover late = world.cutover(CutoverWorld.plain(), leg - 1)) {
      assertThatThrownBy(() -> late.run(AttemptKind.CUTOVER, CutoverWorld.BUDGET))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("CUTOVER_LEG"));
    }
    assertSide(world, leg, "after a late attempt");
  }

  private static void aFenceThatFellMeanwhileIsRaisedAgainAndWhatCameThroughComesOver(
      CutoverWorld world) throws SQLException {
    int leg = world.leg().number();
    Death.in(
        progress -> world.cutover(CutoverWorld.plain(), progress),
        new CutoverState.Sequenced(),
        Moment.BEFORE,
        AttemptKind.CUTOVER);
    String fallen = "DROP SCHEMA veer_fence CASCADE; INSERT INTO item (v) VALUES ('came through')";
    if (leg % 2 == 1) {
      world.world.onTarget(fallen);
    } else {
      world.world.onSource(fallen);
    }

    Attempt attempt = world.resume(CutoverWorld.plain()).orElseThrow();

    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Opened());
    assertSide(world, leg + 1, "after a fence that fell");
    assertThat(world.world.sourceText("SELECT count(*) FROM item WHERE v = 'came through'"))
        .isEqualTo("1");
  }

  private static void aborted(CutoverWorld world, CutoverState state, Moment moment)
      throws SQLException {
    String when = "abort after death %s %s".formatted(moment, state.word());
    int leg = world.leg().number();
    Death.in(
        progress -> world.cutover(CutoverWorld.plain(), progress),
        state,
        moment,
        AttemptKind.CUTOVER);

    Attempt attempt = world.abort(CutoverWorld.plain()).orElseThrow();

    assertThat(attempt.state()).as("%s: %s", when, attempt).isEqualTo(new CutoverState.Aborted());
    assertSide(world, leg, when);
  }

  private static void resumed(CutoverWorld world, CutoverState state, Moment moment)
      throws SQLException {
    String when = "resume after death %s %s".formatted(moment, state.word());
    int leg = world.leg().number();
    Death.in(
        progress -> world.cutover(CutoverWorld.plain(), progress),
        state,
        moment,
        AttemptKind.CUTOVER);

    Attempt attempt = world.resume(CutoverWorld.plain()).orElseThrow();

    assertThat(attempt.state()).as("%s: %s", when, attempt).isEqualTo(new CutoverState.Opened());
    assertSide(world, leg + 1, when);
  }

  /** The side of the leg takes writes, which come over; the other one takes none. */
  private static void assertSide(CutoverWorld world, int leg, String when) throws SQLException {
    boolean onTarget = leg % 2 == 1;
    assertThat(world.leg().number()).as(when).isEqualTo(leg);
    assertThat(world.isTargetWritable("item")).as(when).isEqualTo(onTarget);
    assertThat(world.isSourceWritable("item")).as(when).isEqualTo(!onTarget);
    String insert = "INSERT INTO item (v) VALUES ('written on leg " + leg + "')";
    if (onTarget) {
      world.world.onTarget(insert);
    } else {
      world.world.onSource(insert);
    }
    world.awaitEqual();
  }
}
