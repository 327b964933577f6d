package nl.veer.control.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorConfig;
import nl.veer.replicator.ReplicatorStatus;

/** A world's replicator on a thread of its own, with bends in what it reads. */
final class BentReplicator implements AutoCloseable {
  private final Replicator replicator;
  private final Thread thread;

  private BentReplicator(Replicator replicator) {
    this.replicator = replicator;
    this.thread = new Thread(replicator::run, "bent replicator");
  }

  static BentReplicator start(CrossingWorld world, Migration migration, OpenLog log, Bends bends) {
    ReplicatorConfig config =
        new ReplicatorConfig(
            world.wave,
            Objects.requireNonNull(migration.waves().get(world.wave)),
            migration.tuning().loadWorkers(),
            false,
            migration.tuning().batchRows(),
            migration.tuning().batchBytes().bytes(),
            migration.tuning().batchDelay());
    BentReplicator bent =
        new BentReplicator(
            new Replicator(
                config,
                migration.source(),
                migration.target(),
                () -> new BentReader(log.reader(world.wave), bends)));
    bent.thread.start();
    return bent;
  }

  /** It applies what it reads, and believes that all is well. */
  void assertWell() {
    ReplicatorStatus status = replicator.status();
    assertThat(status.failure()).as("%s", status).isNull();
  }

  @Override
  public void close() throws InterruptedException {
    replicator.stop();
    thread.join(Duration.ofSeconds(60).toMillis());
    assertThat(thread.isAlive()).isFalse();
  }
}
