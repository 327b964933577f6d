package nl.veer.benchmarks.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.sandbox.process.ServerDirectory;
import nl.veer.verifier.ledger.LedgerStatus;

/** All roles of a crossing in this JVM, as {@code veer run} has them, from start to close. */
public final class Roles implements AutoCloseable {
  /** Where a ledger puts what memory does not hold. */
  private final Path data;

  private final MigrationRun run;

  private Roles(Path data, MigrationRun run) {
    this.data = data;
    this.run = run;
  }

  /** Starts them. */
  public static Roles start(Crossing crossing, boolean ledger) throws IOException {
    Path data = crossing.world().directory("run");
    return new Roles(
        data,
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
    try {
      ServerDirectory.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
