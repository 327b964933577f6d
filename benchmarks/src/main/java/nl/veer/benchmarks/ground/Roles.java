package nl.veer.benchmarks.ground;

import java.nio.file.Path;
import java.util.Objects;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.LedgerStatus;

/** All roles of a crossing in this JVM, as {@code veer run} has them, from start to close. */
public final class Roles implements AutoCloseable {
  private final MigrationRun run;

  private Roles(MigrationRun run) {
    this.run = run;
  }

  /**
   * Starts them.
   *
   * @param data where a ledger puts what memory does not hold
   */
  public static Roles start(Crossing crossing, boolean ledger, Path data) {
    return new Roles(
        MigrationRun.start(
            crossing.migration(ledger, data), crossing.world().log(), Role.RUN, false));
  }

  private WaveRun wave() {
    return run.waves().get(0);
  }

  public ReplicatorStatus replicator() {
    return Objects.requireNonNull(wave().replicatorStatus());
  }

  public LedgerStatus ledger() {
    return Objects.requireNonNull(wave().ledgerStatus());
  }

  /** Throws what it ended with, if it did. */
  public void requireGoing() {
    run.failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  /** Until the table is loaded and the log is caught up with. */
  public void awaitReplicating() throws Exception {
    Work.await(
        () -> replicator().state() == ReplicatorStatus.State.REPLICATING, this::requireGoing);
  }

  @Override
  public void close() {
    run.close();
  }
}
