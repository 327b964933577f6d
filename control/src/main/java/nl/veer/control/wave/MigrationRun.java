package nl.veer.control.wave;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureConfig;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogTopic;
import nl.veer.control.config.TuningConfig;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorConfig;
import nl.veer.replicator.stamp.WaveRecords;

/**
 * All waves of a migration in this process. The first failure of any role, or a call of {@link
 * #stop}, ends the run. Safe for use by several threads.
 */
public final class MigrationRun implements AutoCloseable {
  /** A batch in hand is finished or rolled back within this time. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final CompletableFuture<Optional<Failure>> over = new CompletableFuture<>();
  private final List<WaveRun> waves = new ArrayList<>();
  private final List<EchoStart> echoStarts = new ArrayList<>();

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
    EchoGround ground = new EchoGround(wave, migration.target());
    EchoStart echoStart = null;
    if (migration.verification().ledger() && role.replicates()) {
      EchoWatch watch = role.verifies() ? null : new EchoWatch(wave, ground);
      echoStart = new EchoStart(wave, ground, echo(migration, log, wave, tables), watch);
      echoStarts.add(echoStart);
    }
    EchoRun echo = null;
    if (migration.verification().ledger() && role.verifies()) {
      BooleanSupplier mayBegin =
          echoStart == null ? () -> ground.hasBatches() || isMade(log, wave) : echoStart::isDone;
      echo = new EchoRun(wave, ground, echo(migration, log, wave, tables), mayBegin);
    }
    LedgerRun ledger = null;
    if (echo != null) {
      Path spill = migration.data().resolve("ledger-" + wave.migration() + "-" + wave.wave());
      ledger = new LedgerRun(wave, tables, migration, log, spill);
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
      Runnable beforeBatches = echoStart == null ? () -> {} : echoStart::beforeBatches;
      replicator =
          new Replicator(config, migration.source(), migration.target(), reader, beforeBatches);
    }
    waves.add(
        new WaveRun(
            wave,
            tuning.heartbeat(),
            capture,
            replicator,
            echoStart,
            echo,
            ledger,
            WaveProof.of(wave, migration, log, role),
            failure -> over.complete(Optional.of(failure))));
  }

  /** The target is captured as the source is, with the records that say what each change is of. */
  private static Capture echo(Migration migration, OpenLog log, WaveId wave, List<TableId> tables) {
    List<TableId> all = new ArrayList<>(tables);
    all.addAll(WaveRecords.TABLES);
    return new Capture(
        new CaptureConfig(wave.echo(), all, log.topic(), migration.tuning().heartbeat()),
        new SourceConnections(migration.target().endpoint()),
        log.kafka(),
        log.registry());
  }

  /** The last step of making an echo is to write where its slot began. */
  private static boolean isMade(OpenLog log, WaveId wave) {
    EchoId echo = wave.echo();
    return new LogTopic(log.kafka(), echo).id().isPresent()
        && LogTail.read(log.kafka(), echo, log.topic().maxRecordBytes()).start() != null;
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
    echoStarts.forEach(EchoStart::stop);
    waves.forEach(wave -> wave.awaitEnd(STOP_PATIENCE));
  }
}
