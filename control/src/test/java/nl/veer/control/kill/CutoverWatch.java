package nl.veer.control.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.crossing.CommandProcess;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.CutoverState;
import nl.veer.control.cutover.CutoverStore;
import nl.veer.control.gate.PredicateName;
import nl.veer.control.gate.WaiverStore;
import nl.veer.sandbox.process.Pause;

/** A world's cutovers as seen from outside of all processes that carry and drive them. */
final class CutoverWatch {
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final String ACTIVE =
      "SELECT coalesce(max(number), 0) FROM veer.leg WHERE state = 'ACTIVE'";
  private static final String HAS_LEGS = "SELECT to_regclass('veer.leg') IS NOT NULL";

  private final CrossingWorld world;
  private int written;

  CutoverWatch(CrossingWorld world) {
    this.world = world;
  }

  /** The number of the leg that the wave is on. */
  int leg() throws SQLException {
    return world.targetText(HAS_LEGS).equals("t") ? Integer.parseInt(world.targetText(ACTIVE)) : 0;
  }

  /** All attempts, the last one first. */
  List<Attempt> attempts() throws SQLException {
    try (Connection home = world.target()) {
      return CutoverStore.all(home, world.wave);
    }
  }

  /** What the gate wants besides the fence and the way back is not the matter here. */
  void waiveAll() throws SQLException {
    WaveId leg = world.wave.leg(leg());
    try (Connection home = world.target()) {
      for (PredicateName name : PredicateName.values()) {
        if (name.waiving() != PredicateName.Waiving.NEVER) {
          WaiverStore.waive(home, leg, name.text(), "a test of faults");
        }
      }
    }
  }

  /**
   * Looks again and again until the attempt behind the earlier ones comes to a state, or past it;
   * empty if the command ends before.
   */
  Optional<CutoverState> awaitState(CommandProcess driver, int earlier, CutoverState wanted)
      throws SQLException {
    try (Connection home = world.target()) {
      while (true) {
        boolean alive = driver.isAlive();
        List<Attempt> attempts = CutoverStore.all(home, world.wave);
        if (attempts.size() > earlier && isAtOrPast(attempts.get(0).state(), wanted)) {
          return Optional.of(attempts.get(0).state());
        }
        if (!alive) {
          return Optional.empty();
        }
        Pause.of(LOOK);
      }
    }
  }

  private static boolean isAtOrPast(CutoverState now, CutoverState wanted) {
    return CutoverState.ALL.indexOf(now) >= CutoverState.ALL.indexOf(wanted);
  }

  /**
   * The leg's side takes writes, which come over, and the two are equal; the other side takes none,
   * unless it was never left. No fence stands but that.
   */
  void assertSettledOn(int leg, String when) throws SQLException {
    assertThat(leg()).as(when).isEqualTo(leg);
    boolean onTarget = leg % 2 == 1;
    String value = "written " + ++written;
    assertThat(write(onTarget, value)).as("%s: the active side", when).isTrue();
    CrossingWorld.await(when + ": the write to come over", () -> isThere(!onTarget, value));
    if (leg > 0) {
      assertThat(write(!onTarget, "refused")).as("%s: the passive side", when).isFalse();
    }
    assertThat(world.targetText("SELECT side FROM veer.fence"))
        .as(when)
        .isEqualTo(leg == 0 ? "" : onTarget ? "source" : "target");
    String triggers = "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'item'::regclass";
    assertThat(onTarget ? world.targetText(triggers) : world.sourceText(triggers))
        .as("%s: triggers on the active side", when)
        .isEqualTo("0");
    world.assertEqual();
  }

  /** Whether somebody who is not Veer can write there. */
  boolean write(boolean target, String value) throws SQLException {
    try (Connection side = target ? world.target() : world.source()) {
      CrossingWorld.execute(side, "INSERT INTO item (v) VALUES ('" + value + "')");
      return true;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("25006");
      return false;
    }
  }

  private boolean isThere(boolean target, String value) {
    String query = "SELECT count(*) FROM item WHERE v = '" + value + "'";
    try {
      return (target ? world.targetText(query) : world.sourceText(query)).equals("1");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
