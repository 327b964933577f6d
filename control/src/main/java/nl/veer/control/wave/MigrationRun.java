package nl.veer.control.wave;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureConfig;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogReader;
import nl.veer.control.config.TuningConfig;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorConfig;

/**
 * All waves of a migration in this process. The first failure of any role, or a call of {@link
 * #stop}, ends the run. Safe for use by several threads.
 */
public final class MigrationRun implements AutoCloseable {
  /** A batch in hand is finished or rolled back within this time. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final CompletableFuture<Optional<Failure>> over = new CompletableFuture<>();
  private final List<WaveRun> waves = new ArrayList<>();

  private MigrationRun() {}

  /**
   * Starts the roles.
   *
   * @param truncate whether the load empties tables that hold rows
   */
  public static MigrationRun start(Migration migration, OpenLog log, Role role, boolean truncate) {
    MigrationRun run = new MigrationRun();
    migration
        .waves()
        .forEach((wave, tables) -> run.add(migration, log, role, truncate, wave, tables));
    run.waves.forEach(WaveRun::start);
    return run;
  }

  private void add(
      Migration migration,
      OpenLog log,
      Role role,
      boolean truncate,
      WaveId wave,
      List<TableId> tables) {
    TuningConfig tuning = migration.tuning();
    Capture capture = null;
    if (role.captures()) {
      capture =
          new Capture(
              new CaptureConfig(wave, tables, log.topic(), tuning.heartbeat()),
              migration.source(),
              log.kafka(),
              log.registry());
    }
    Replicator replicator = null;
    if (role.replicates()) {
      ReplicatorConfig config =
          new ReplicatorConfig(
              wave,
              tables,
              tuning.loadWorkers(),
              truncate,
              tuning.batchRows(),
              tuning.batchBytes().bytes(),
              tuning.batchDelay());
      Supplier<LogReader> reader = () -> log.reader(wave);
      replicator = new Replicator(config, migration.source(), migration.target(), reader);
    }
    waves.add(
        new WaveRun(wave, capture, replicator, failure -> over.complete(Optional.of(failure))));
  }

  /** The waves, in the order of the file. */
  public List<WaveRun> waves() {
    return List.copyOf(waves);
  }

  /** Ends the run cleanly; returns at once. */
  public void stop() {
    over.complete(Optional.empty());
  }

  /** Waits for the run's end, but no longer than the given time; empty while it goes on. */
  public boolean awaitOver(Duration timeout) {
    try {
      over.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why the run ended; empty if it was asked to, or goes on. */
  public Optional<Failure> failure() {
    return over.getNow(Optional.empty());
  }

  /** Ends all roles and waits for them. */
  @Override
  public void close() {
    stop();
    waves.forEach(WaveRun::stop);
    waves.forEach(wave -> wave.awaitEnd(STOP_PATIENCE));
  }
}
