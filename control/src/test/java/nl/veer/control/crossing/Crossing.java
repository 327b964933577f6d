package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.status.LiveStatus;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A world's wave under way: its roles on threads, as {@code veer run} wires them. */
public final class Crossing implements AutoCloseable {
  private final CrossingWorld world;
  private final MigrationRun run;
  private final WaveRun roles;

  private Crossing(CrossingWorld world, MigrationRun run) {
    this.world = world;
    this.run = run;
    this.roles = run.waves().get(0);
  }

  public static Crossing start(CrossingWorld world, Migration migration, OpenLog log, Role role) {
    return new Crossing(world, MigrationRun.start(migration, log, role, false));
  }

  public ReplicatorStatus replicator() {
    return Objects.requireNonNull(roles.replicatorStatus());
  }

  public CaptureStatus capture() {
    return Objects.requireNonNull(roles.captureStatus());
  }

  /** As {@code veer run} shows it; the source's end is not looked at. */
  public WaveStatus status() {
    return LiveStatus.of(roles, null);
  }

  public void awaitReplicating() {
    await("the load's end", () -> replicator().state() == ReplicatorStatus.State.REPLICATING);
  }

  public void awaitCapturing() {
    await("the first transaction in the log", () -> capture().transaction() > 0);
  }

  /** Waits until all that the source has committed before this call is applied. */
  public void awaitApplied() throws SQLException {
    LsnPosition behind = world.mark();
    await(
        "the source's last commit",
        () -> {
          @Nullable Position applied = replicator().applied();
          return applied != null && applied.isAfter(behind);
        });
  }

  /** As {@link #awaitApplied}; then the oracle compares. */
  public void awaitEqual() throws SQLException {
    awaitApplied();
    world.assertEqual();
  }

  /** The replicator stops at something, and says so. */
  public Failure awaitIncident(String code) {
    Failure incident = awaitIncident();
    assertThat(incident.code()).as(incident.getMessage()).isEqualTo(code);
    return incident;
  }

  /** An incident of any code. */
  public Failure awaitIncident() {
    await("an incident", () -> replicator().state() == ReplicatorStatus.State.INCIDENT);
    return Objects.requireNonNull(replicator().failure());
  }

  /** What the capture cannot carry. */
  public Failure awaitCaptureFailure() {
    await("the capture to stop", () -> capture().failure() != null);
    return Objects.requireNonNull(capture().failure());
  }

  /** The failure that ends this run; all its roles have ended when this returns. */
  public Failure awaitFailure() {
    assertThat(run.awaitOver(CrossingWorld.PATIENCE)).as("the run ends").isTrue();
    Failure failure = run.failure().orElseThrow();
    close();
    return failure;
  }

  /** Waits for it, unless a role fails first; says how the roles stand when it does not come. */
  public void await(String what, BooleanSupplier condition) {
    try {
      CrossingWorld.await(
          what,
          () -> {
            if (run.awaitOver(Duration.ZERO)) {
              throw new AssertionError("Ended before " + what, run.failure().orElse(null));
            }
            return condition.getAsBoolean();
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "In vain for %s; capture: %s; replicator: %s"
              .formatted(what, roles.captureStatus(), roles.replicatorStatus()),
          e);
    }
  }

  /** Ends the roles cleanly and waits for them. */
  @Override
  public void close() {
    run.close();
  }
}
