package nl.veer.replicator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.replicator.apply.Applier;
import nl.veer.replicator.apply.ApplyConfig;
import nl.veer.replicator.apply.ApplyMeter;
import nl.veer.replicator.load.LoadConfig;
import nl.veer.replicator.load.LoadMeter;
import nl.veer.replicator.load.Loader;
import nl.veer.replicator.load.SchemaLook;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.StampStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a wave's tables and applies its log to the target. The one owner of the wave's records
 * there: a replicator that starts ends the one before it. {@link #run} blocks its thread; the other
 * methods are safe from any.
 */
public final class Replicator {
  /** A batch or a range may end by itself in this time after a stop. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);

  private final ReplicatorConfig config;
  private final SourceConnections source;
  private final TargetConnections target;
  private final Supplier<LogReader> log;
  private final TargetDialect targetDialect;
  private final Duration grace;
  private final LoadDialect loadDialect = new PostgresLoad();
  private final StopSignal stop = new StopSignal();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final LoadMeter loads = new LoadMeter();
  private final ApplyMeter applied = new ApplyMeter(Clock.systemUTC());
  private volatile Phase phase = Phase.STARTING;
  private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

  private enum Phase {
    STARTING,
    LOADING,
    APPLYING,
    STOPPED,
    FAILED
  }

  public Replicator(
      ReplicatorConfig config,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log) {
    this(config, source, target, log, new PostgresTarget(), GRACE);
  }

  /** For tests of what goes wrong. */
  Replicator(
      ReplicatorConfig config,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log,
      TargetDialect targetDialect,
      Duration grace) {
    this.config = config;
    this.source = new SourceConnections(source.endpoint());
    this.target = new TargetConnections(target.endpoint());
    this.log = log;
    this.targetDialect = targetDialect;
    this.grace = grace;
  }

  /** Runs on the calling thread until {@link #stop} is called or a failure ends it. */
  public void run() {
    started.set(true);
    try {
      runUntilStopped();
      failure.set(null);
      phase = Phase.STOPPED;
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
    Retrying retrying = new Retrying(stop, this::report);
    retrying.untilDone(() -> owned.set(StampStore.takeOver(targetDialect, target, config.wave())));
    StampStore stamps = owned.get();
    if (stamps != null) {
      load(stamps, retrying);
      apply(stamps, retrying);
    }
  }

  private void load(StampStore stamps, Retrying retrying) {
    Loader loader =
        new Loader(loadConfig(), source, target, loadDialect, targetDialect, stamps, loads);
    retrying.untilDone(
        () -> {
          if (!loader.isComplete()) {
            enter(Phase.LOADING);
            loader.run(stop);
            failure.set(null);
          }
        });
  }

  private LoadConfig loadConfig() {
    return new LoadConfig(config.wave(), config.tables(), config.loadWorkers(), config.truncate());
  }

  private void apply(StampStore stamps, Retrying retrying) {
    Applier applier =
        new Applier(
            new ApplyConfig(
                config.wave(), config.batchRows(), config.batchBytes(), config.batchDelay()),
            target,
            targetDialect,
            loadDialect,
            stamps,
            applied,
            new SchemaLook(loadConfig(), source, target, loadDialect, targetDialect)::differences);
    retrying.untilDone(
        () -> {
          enter(Phase.APPLYING);
          applier.run(log, stop, retrying, () -> failure.set(null));
        });
  }

  private void enter(Phase next) {
    if (phase != next) {
      phase = next;
      LOG.atInfo().addKeyValue("wave", config.wave()).addKeyValue("phase", next).log("Phase");
    }
  }

  private void report(Failure retried) {
    Failure before = failure.getAndSet(retried);
    if (before == null || !before.toString().equals(retried.toString())) {
      LOG.atWarn()
          .addKeyValue("wave", config.wave())
          .addKeyValue("kind", retried.kind())
          .addKeyValue("code", retried.code())
          .log(retried.getMessage());
    }
  }

  private void fail(Failure end) {
    failure.set(end);
    phase = Phase.FAILED;
    LOG.atError()
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
      while (!ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        source.abort();
        target.abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public ReplicatorStatus status() {
    ApplyMeter.Reading reading = applied.read();
    Stamp stamp = reading.stamp();
    Failure now = failure.get() == null ? loads.waitingFor() : failure.get();
    return new ReplicatorStatus(
        state(reading),
        stamp == null ? null : stamp.position(),
        stamp == null ? 0 : stamp.transaction(),
        reading.transactions(),
        reading.events(),
        reading.waitingBytes(),
        reading.recordsBehind(),
        new ReplicatorStatus.Lag(
            reading.lastLagMillis(),
            reading.p50LagMillis(),
            reading.p99LagMillis(),
            reading.maxLagMillis()),
        progress(),
        now);
  }

  private ReplicatorStatus.State state(ApplyMeter.Reading reading) {
    Phase now = phase;
    Failure retried = failure.get();
    if (retried != null && now != Phase.FAILED && now != Phase.STOPPED) {
      return retried.kind().reaction() == FailureKind.Reaction.INCIDENT
          ? ReplicatorStatus.State.INCIDENT
          : ReplicatorStatus.State.RETRYING;
    }
    return switch (now) {
      case STARTING -> ReplicatorStatus.State.STARTING;
      case LOADING -> ReplicatorStatus.State.LOADING;
      case APPLYING ->
          reading.consistent()
              ? ReplicatorStatus.State.REPLICATING
              : ReplicatorStatus.State.CATCHING_UP;
      case STOPPED -> ReplicatorStatus.State.STOPPED;
      case FAILED -> ReplicatorStatus.State.FAILED;
    };
  }

  private List<ReplicatorStatus.LoadProgress> progress() {
    return loads.read().stream()
        .map(
            load ->
                new ReplicatorStatus.LoadProgress(
                    load.table(),
                    load.complete(),
                    load.rows(),
                    load.estimatedRows(),
                    load.bytes(),
                    load.rowsPerSecond()))
        .toList();
  }
}
