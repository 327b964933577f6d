package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that dies before or behind each step leaves what another one can end. */
class RehearsalKillIT {
  @TempDir private Path data;

  @Test
  void whatItLeavesIsAbortedOrGoneOnWith() throws SQLException {
    try (SandboxPostgres server = SandboxPostgres.startTemporary();
        StillWorld world = StillWorld.on(server, data)) {
      String before = world.surroundings();
      for (CutoverState state : states()) {
        for (Moment moment : Moment.values()) {
          String when = moment + " " + state.word();
          die(state, moment, world);
          Attempt aborted = world.abort(CutoverWorld.plain()).orElseThrow();
          assertThat(aborted.isFinished()).as(when).isTrue();
          assertThat(aborted.state().word())
              .as(when)
              .isEqualTo(state.equals(new CutoverState.Rehearsed()) ? "REHEARSED" : "ABORTED");
          assertThat(world.surroundings()).as(when).isEqualTo(before);

          die(state, moment, world);
          Attempt resumed = world.resume(CutoverWorld.plain()).orElseThrow();
          assertThat(resumed.state())
              .as("%s, %s", when, resumed)
              .isEqualTo(new CutoverState.Rehearsed());
          assertThat(world.surroundings()).as(when).isEqualTo(before);
          assertThat(world.isSourceWritable()).as(when).isTrue();
        }
      }
      assertThat(world.abort(CutoverWorld.plain())).isEmpty();
    }
  }

  private static void die(CutoverState state, Moment moment, StillWorld world) {
    Death.in(
        progress -> world.cutover(CutoverWorld.plain(), progress, new StopSignal()),
        state,
        moment,
        AttemptKind.REHEARSAL);
  }

  private static List<CutoverState> states() {
    List<CutoverState> states = new ArrayList<>();
    Optional<CutoverState> state = Optional.of(new CutoverState.Prepared());
    while (state.isPresent()) {
      states.add(state.get());
      state = state.get().next(AttemptKind.REHEARSAL);
    }
    return states;
  }
}
