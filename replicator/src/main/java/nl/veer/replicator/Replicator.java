package nl.veer.replicator;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.replicator.ReplicatorMeters.Phase;
import nl.veer.replicator.apply.Applier;
import nl.veer.replicator.apply.ApplyConfig;
import nl.veer.replicator.load.LoadConfig;
import nl.veer.replicator.load.Loader;
import nl.veer.replicator.load.SchemaLook;
import nl.veer.replicator.stamp.Retirement;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.StampStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Loads a wave's tables and applies its log to the target. The one owner of the wave's records
 * there: a replicator that starts ends the one before it. {@link #run} blocks its thread; the other
 * methods are safe from any.
 */
public final class Replicator {
  private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);

  private final ReplicatorConfig config;
  private final SourceConnections source;
  private final TargetConnections target;
  private final Supplier<LogReader> log;
  private final Runnable beforeBatches;
  private final TargetDialect targetDialect;
  private final Rhythm rhythm;
  private final LoadDialect loadDialect = new PostgresLoad();
  private final StopSignal stop = new StopSignal();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ReplicatorMeters meters = new ReplicatorMeters();

  /** Whether anything was ever applied; used by this role's thread only. */
  private boolean wasWell;

  private volatile @Nullable Thread runner;

  public Replicator(
      ReplicatorConfig config,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log) {
    this(config, source, target, log, () -> {});
  }

  /**
   * @param beforeBatches what must be so before a batch is applied to the loaded target; called at
   *     the beginning of each attempt, on this role's thread. Its failures are this role's.
   */
  public Replicator(
      ReplicatorConfig config,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log,
      Runnable beforeBatches) {
    this(config, source, target, log, beforeBatches, new PostgresTarget(), Rhythm.standard());
  }

  /** For tests of what goes wrong. */
  Replicator(
      ReplicatorConfig config,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log,
      TargetDialect targetDialect,
      Rhythm rhythm) {
    this(config, source, target, log, () -> {}, targetDialect, rhythm);
  }

  private Replicator(
      ReplicatorConfig config,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log,
      Runnable beforeBatches,
      TargetDialect targetDialect,
      Rhythm rhythm) {
    this.config = config;
    this.source = source.apart();
    this.target = target.apart();
    this.log = log;
    this.beforeBatches = beforeBatches;
    this.targetDialect = targetDialect;
    this.rhythm = rhythm;
  }

  /** Runs on the calling thread until {@link #stop} is called or a failure ends it. */
  public void run() {
    started.set(true);
    runner = Thread.currentThread();
    try {
      runUntilStopped();
      meters.failure().passed();
      meters.enter(Phase.STOPPED);
    } catch (Failure end) {
      fail(end);
      throw end;
    } catch (RuntimeException e) {
      Failure end =
          new Failure(FailureKind.BUG, "REPLICATOR", "The replicator failed: " + e.getClass(), e);
      fail(end);
      throw end;
    } catch (Error e) {
      fail(
          new Failure(
              FailureKind.BUG,
              "REPLICATOR",
              "The replicator failed: %s. Out of memory? Then lower batchRows or batchBytes, or give"
                      .formatted(e.getClass())
                  + " the process more.",
              e));
      throw e;
    } finally {
      ended.countDown();
    }
  }

  private void runUntilStopped() {
    AtomicReference<@Nullable StampStore> owned = new AtomicReference<>();
    Retrying retrying = new Retrying(stop, this::report, rhythm.pauses());
    retrying.untilDone(() -> owned.set(StampStore.takeOver(targetDialect, target, config.wave())));
    StampStore stamps = owned.get();
    if (stamps != null) {
      Turns turns = new Turns(load(stamps, retrying), apply(stamps, retrying), this::goesOn);
      retrying.untilDone(
          () -> {
            try {
              turns.run();
            } catch (Failure refused) {
              throw taken(refused);
            }
          });
    }
  }

  private boolean goesOn() {
    return !stop.isRaised() && !Thread.currentThread().isInterrupted();
  }

  private Turns.Load load(StampStore stamps, Retrying retrying) {
    Loader loader =
        new Loader(
            loadConfig(), source, target, loadDialect, targetDialect, stamps, meters.loads());
    return new Turns.Load() {
      @Override
      public boolean isComplete() {
        return loader.isComplete();
      }

      @Override
      public void run() {
        enter(Phase.LOADING);
        loader.run(stop);
        meters.failure().passed();
        retrying.progressed();
      }
    };
  }

  private LoadConfig loadConfig() {
    return new LoadConfig(config.wave(), config.tables(), config.loadWorkers(), config.truncate());
  }

  private Turns.Apply apply(StampStore stamps, Retrying retrying) {
    Applier applier =
        new Applier(
            new ApplyConfig(
                config.wave(),
                config.batchRows(),
                config.batchBytes(),
                config.batchDelay(),
                rhythm.look()),
            target,
            targetDialect,
            loadDialect,
            stamps,
            meters.applied(),
            new SchemaLook(loadConfig(), source, target, loadDialect, targetDialect)::differences);
    return () -> {
      enter(Phase.APPLYING);
      beforeBatches.run();
      return applier.run(log, stop, retrying, meters.failure(), this::well);
    };
  }

  private void well() {
    meters.failure().passed();
    wasWell = true;
  }

  /** A right that was there once will be given back: no reason to end a run of weeks. */
  private Failure taken(Failure refused) {
    return wasWell && refused.code().equals(PostgresFailures.ACCESS)
        ? refused.asIncident(FailureKind.TARGET_DATA)
        : refused;
  }

  private void enter(Phase next) {
    if (meters.enter(next)) {
      LOG.atInfo().addKeyValue("wave", config.wave()).addKeyValue("phase", next).log("Phase");
    }
  }

  private void report(Failure retried) {
    meters.retried();
    if (meters.failure().stands(retried)) {
      LOG.atWarn()
          .addKeyValue("wave", config.wave())
          .addKeyValue("kind", retried.kind())
          .addKeyValue("code", retried.code())
          .log(retried.getMessage());
    }
  }

  private void fail(Failure end) {
    meters.failure().stands(end);
    meters.enter(Phase.FAILED);
    // A leg that is over is no reason for anybody to act.
    LOG.atLevel(end.code().equals(Retirement.CODE) ? Level.INFO : Level.ERROR)
        .addKeyValue("wave", config.wave())
        .addKeyValue("kind", end.kind())
        .addKeyValue("code", end.code())
        .log(end.getMessage());
  }

  /**
   * Ends {@link #run} cleanly, after the batch in hand; returns at once. What still waits for a
   * database some seconds later is cut off, and its transaction undone. Safe from any thread.
   */
  public void stop() {
    boolean first = !stop.isRaised();
    stop.raise();
    if (first && started.get()) {
      Thread cutter = new Thread(this::cutWhatHangs, "veer-stop-" + config.wave());
      cutter.setDaemon(true);
      cutter.start();
    }
  }

  private void cutWhatHangs() {
    try {
      while (!ended.await(rhythm.grace().toMillis(), TimeUnit.MILLISECONDS)) {
        source.abort();
        target.abort();
        Thread running = runner;
        if (running != null && meters.phase() == Phase.APPLYING) {
          // It may wait for a silent broker; a load's threads wait for databases only.
          running.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public ReplicatorStatus status() {
    return meters.read();
  }

  /** The stamp as it was last read or written here; empty before. Safe from any thread. */
  public Optional<Stamp> stamp() {
    return Optional.ofNullable(meters.applied().read().stamp());
  }
}
