package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
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
      aDriverThatHangsInsideAChangeOfTheLegsFinishesNothingBehindAnother(world);
      oneThatDiesWhileItTakesTheWayBackBackIsGoneOnWith(world);
      whatSomebodyElseWritesBeforeTheWayBackBeginsEndsIt(world);
      whatSomebodyElseWritesBehindThatGoesTheWayBack(world);
      whatTheLedgerFindsBetweenTwoDriversIsNotForgiven(world);
    }
  }

  private static void oneThatDiesWhileItTakesTheWayBackBackIsGoneOnWith(CutoverWorld world)
      throws SQLException {
    Leg leg = world.leg();
    Death.in(
        progress -> world.cutover(CutoverWorld.plain(), progress),
        new CutoverState.Proven(),
        Moment.BEHIND,
        AttemptKind.CUTOVER);
    LegDriver second = world.driverOf(world.attempts().get(0));
    Legs.stopNext(world.migration, leg, second);
    Legs.goOn(world.migration, leg, second);

    Attempt attempt = world.resume(CutoverWorld.plain()).orElseThrow();

    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Opened());
    assertSide(world, leg.number() + 1, "behind a death amid a resume");
  }

  private static void whatSomebodyElseWritesBeforeTheWayBackBeginsEndsIt(CutoverWorld world)
      throws SQLException {
    Leg leg = world.leg();
    long known = world.findings(leg);
    openFollower(world);

    Attempt attempt =
        cutOverWritingOnTheFollowerBehind(
            world,
            new CutoverState.Drained(),
            "UPDATE item SET v = 'x' WHERE id = 1; UPDATE item SET v = 'v1' WHERE id = 1");

    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Aborted());
    assertThat(attempt.failureCode()).as(attempt.failure()).isEqualTo("PASSIVE_WRITTEN");
    assertThat(world.leg().number()).isEqualTo(leg.number());
    world.awaitEqual();
    CrossingWorld.await("the ledger to find it", () -> world.findings(leg) > known);
  }

  private static void whatSomebodyElseWritesBehindThatGoesTheWayBack(CutoverWorld world)
      throws SQLException {
    int leg = world.leg().number();
    openFollower(world);

    Attempt attempt =
        cutOverWritingOnTheFollowerBehind(
            world,
            new CutoverState.Proven(),
            "UPDATE item SET v = 'of somebody else' WHERE id = 1");

    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Opened());
    assertSide(world, leg + 1, "behind a write of somebody else");
    assertThat(world.world.sourceText("SELECT v FROM item WHERE id = 1"))
        .isEqualTo("of somebody else");
    assertThat(world.world.targetText("SELECT v FROM item WHERE id = 1"))
        .isEqualTo("of somebody else");
    onFollower(world, leg, "UPDATE item SET v = 'v1' WHERE id = 1");
    world.awaitEqual();
  }

  private static Attempt cutOverWritingOnTheFollowerBehind(
      CutoverWorld world, CutoverState behind, String sql) {
    int leg = world.leg().number();
    CutoverProgress writing =
        new CutoverProgress() {
          @Override
          public void done(CutoverState state, Duration took) {
            if (state.equals(behind)) {
              onFollower(world, leg, sql);
            }
          }
        };
    try (Cutover cutover = world.cutover(CutoverWorld.plain(), writing)) {
      return cutover.run(AttemptKind.CUTOVER, CutoverWorld.BUDGET);
    }
  }

  private static void whatTheLedgerFindsBetweenTwoDriversIsNotForgiven(CutoverWorld world)
      throws SQLException {
    Leg leg = world.leg();
    openFollower(world);
    Death.in(
        progress -> world.cutover(CutoverWorld.plain(), progress),
        new CutoverState.Fenced(),
        Moment.BEHIND,
        AttemptKind.CUTOVER);
    long known = world.findings(leg);
    onFollower(
        world, "UPDATE item SET v = 'x' WHERE id = 1; UPDATE item SET v = 'v1' WHERE id = 1");
    CrossingWorld.await("the ledger to find it", () -> world.findings(leg) > known);

    Attempt attempt = world.resume(CutoverWorld.plain()).orElseThrow();

    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Aborted());
    assertThat(attempt.failureCode()).as(attempt.failure()).isEqualTo("LEDGER_OPEN");
    assertThat(world.leg().number()).isEqualTo(leg.number());
    world.awaitEqual();
  }

  /** The fence of the side that was left stands since then; somebody takes it away. */
  private static void openFollower(CutoverWorld world) {
    onFollower(world, "DROP SCHEMA IF EXISTS veer_fence CASCADE");
  }

  private static void onFollower(CutoverWorld world, String sql) {
    onFollower(world, world.leg().number(), sql);
  }

  /** On the side that follows on this leg. */
  private static void onFollower(CutoverWorld world, int leg, String sql) {
    try {
      if (leg % 2 == 1) {
        world.world.onSource(sql);
      } else {
        world.world.onTarget(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void aDriverThatHangsInsideAChangeOfTheLegsFinishesNothingBehindAnother(
      CutoverWorld world) throws SQLException {
    Leg leg = world.leg();
    try (Connection home = world.world.target()) {
      String row = "SELECT number FROM veer.leg WHERE wave = '%s' AND number = %d FOR UPDATE";
      HungDriver.givenUp(world, home, row.formatted(leg.home().wave(), leg.number()));
    }
    assertSide(world, leg.number(), "after a driver that hung at home");
    try (Connection follower =
        leg.number() % 2 == 1 ? world.world.source() : world.world.target()) {
      String stamp = "SELECT position FROM veer.stamp WHERE wave = '%s' FOR UPDATE";
      HungDriver.givenUp(world, follower, stamp.formatted(leg.wave().wave()));
    }
    assertSide(world, leg.number(), "after a driver that hung on the side that follows");
    aChangeOfTheLegsIsRefusedInTheDatabase(world, leg);
  }

  private static void aChangeOfTheLegsIsRefusedInTheDatabase(CutoverWorld world, Leg leg) {
    LegDriver late = world.driverOf(world.attempts().get(0));
    assertThatThrownBy(() -> Legs.goOn(world.migration.heldBy(late.holder()), leg, late))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("CUTOVER_TAKEN"));
    assertThatThrownBy(() -> world.legs(late).retire(leg))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("CUTOVER_TAKEN"));
    assertThat(world.leg().number()).isEqualTo(leg.number());
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
