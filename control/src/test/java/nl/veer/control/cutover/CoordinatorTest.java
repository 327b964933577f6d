package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.SampleConfigs;
import nl.veer.control.wave.Leg;
import org.junit.jupiter.api.Test;

/** What nobody foresaw comes out as a failure, whatever was thrown: so whoever drives can act. */
class CoordinatorTest {
  private static final WaveId MAIN = new WaveId("shop", "main");

  /** Where there is no way back, it is told as it is. */
  @Test
  void anErrorOnTheWayIsAFailure() {
    assertUnforeseen(
        new CutoverState.Opened(),
        () -> {
          throw new OutOfMemoryError("while preparing");
        });
  }

  @Test
  void anErrorInUndoingIsAFailure() {
    assertUnforeseen(
        new CutoverState.Aborted(),
        () -> {
          throw new NoClassDefFoundError("gone");
        });
  }

  @Test
  void anExceptionInUndoingIsAFailure() {
    assertUnforeseen(
        new CutoverState.Aborted(),
        () -> {
          throw new IllegalStateException("while undoing");
        });
  }

  /** A step that cannot be prepared, nor undone. */
  private record Broken(CutoverState state, Runnable breaks) implements Step {
    @Override
    public void prepare(Drive drive) {
      breaks.run();
    }

    @Override
    public void run(Drive drive) {}

    @Override
    public void undo(Drive drive) {
      breaks.run();
    }
  }

  private static void assertUnforeseen(CutoverState state, Runnable breaks) {
    // Nobody listens there: nothing of this asks a server.
    DatabaseEndpoint nowhere =
        new DatabaseEndpoint(
            "jdbc:postgresql://127.0.0.1:1/none", "veer", new Secret("none"), Map.of());
    TargetConnections home = new TargetConnections(nowhere);
    Leg leg = new Leg(MAIN.leg(0), MAIN, 0, new SourceConnections(nowhere), home, List.of());
    Attempt attempt = CutoverStateTest.attempt(AttemptKind.CUTOVER, state, null);
    try (CutoverStore store = new CutoverStore(home, MAIN, told -> {});
        Drive drive =
            new Drive(
                new Drive.Surroundings(
                    SampleConfigs.shop(), new StopSignal(), CutoverProgress.NONE),
                leg,
                store,
                attempt,
                new OutageBudget(Duration.ofSeconds(1), System::nanoTime),
                new OutageMeter())) {
      Coordinator coordinator = new Coordinator(drive, List.of(new Broken(state, breaks)));
      assertThatThrownBy(coordinator::run)
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("UNEXPECTED"));
    }
  }
}
