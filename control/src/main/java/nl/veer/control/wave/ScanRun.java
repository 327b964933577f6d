package nl.veer.control.wave;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VerificationConfig;
import nl.veer.verifier.record.ScanKind;
import nl.veer.verifier.record.ScanStore;
import nl.veer.verifier.scan.LogSettlement;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.ScanProgress;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import org.jspecify.annotations.Nullable;

/**
 * Scans a wave's loaded tables round and round, one after the other, and keeps on the target what
 * it says of each, and how far it is. What fails is said and tried again: it never ends by itself.
 * {@link #run} blocks its thread; the other methods are safe from any.
 */
final class ScanRun implements SideRole {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration MOVE_LOOK = Duration.ofMillis(50);
  private static final String RESTS = "the wave is about to go over to its other side";
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final WaveId wave;
  private final SourceConnections source;
  private final TargetConnections target;
  private final VerificationConfig config;
  private final ScanConfig how;
  private final LogSettlement settlement;
  private final StrainBrake brake;
  private final StopSignal stop = new StopSignal();
  private final Trouble trouble;
  private final RecordGround ground;
  private final ScanRest rest = new ScanRest(this::held);
  private volatile boolean resting;
  private long rowsBefore;
  private volatile String doing = "";
  private volatile @Nullable Scan scan;
  private volatile @Nullable ScanStore records;

  ScanRun(WaveId wave, Migration migration, OpenLog log) {
    this.wave = wave;
    this.source = new SourceConnections(migration.source().endpoint());
    this.target = new TargetConnections(migration.target().endpoint());
    this.config = migration.verification();
    this.how =
        new ScanConfig(
            config.scanWorkers(), ScanConfig.CHUNK_ROWS, config.scanRate(), migration.tolerances());
    this.settlement = new LogSettlement(() -> log.reader(wave));
    this.brake = new StrainBrake(wave, source, target, config, this::held);
    this.trouble = new Trouble(wave, name());
    this.ground = new RecordGround(wave, target);
  }

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public void run() {
    Duration pause = LOOK;
    try (settlement;
        brake) {
      while (!stop.isRaised()) {
        ground.await(stop, trouble);
        if (stop.isRaised()) {
          return;
        }
        try (ScanStore store = ScanStore.claim(target, wave, ScanKind.SCHEDULED)) {
          records = store;
          while (!stop.isRaised()) {
            step(store);
            trouble.is(null);
            pause = LOOK;
          }
        } catch (Failure failure) {
          pause = failed(failure, pause);
        } catch (RuntimeException e) {
          pause =
              failed(
                  new Failure(
                      FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e),
                  pause);
        }
      }
    }
  }

  /** The pause before the next one after this. */
  private Duration failed(Failure failure, Duration pause) {
    if (!stop.isRaised()) {
      trouble.retried(failure);
      stop.await(pause);
    }
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private void step(ScanStore store) {
    rest.await(store, stop);
    if (stop.isRaised()) {
      return;
    }
    Optional<TableId> next = store.next(config.ledger(), config.scanEvery());
    if (next.isEmpty()) {
      say(store, "waiting");
      stop.await(LOOK);
      return;
    }
    hold(stop);
    scan(store, next.get());
  }

  /** Before each part of a table. */
  private void hold(StopSignal asked) {
    rest.await(records, asked);
    if (resting) {
      held(RESTS);
      while (resting && !asked.await(MOVE_LOOK)) {}
      held("");
    }
    brake.await(asked);
  }

  /** While the wave's next leg is about to begin, nobody shall wait for a scan. */
  void rest(boolean moving) {
    resting = moving;
  }

  private void scan(ScanStore store, TableId table) {
    store.renew();
    Scan running =
        new Scan(
            how,
            new Scan.Endpoints(source, target, wave),
            RowHash.keyed(store.secret().secret()),
            settlement,
            store,
            Clock.systemUTC(),
            this::hold);
    scan = running;
    try {
      if (stop.isRaised()) {
        return;
      }
      say(store, "scanning " + table);
      ScanStatement statement = running.run(List.of(table));
      for (TableStatement one : statement.tables()) {
        store.keep(one, statement.hash(), statement.startedAt());
      }
    } finally {
      over(running);
    }
  }

  /** Its rows are counted once, whenever somebody looks. */
  private synchronized void over(Scan ended) {
    rowsBefore += ended.progress().rows();
    scan = null;
  }

  /** For this process, and for whoever asks from elsewhere. */
  private void say(ScanStore store, String now) {
    if (!now.equals(doing)) {
      store.say(now);
      doing = now;
    }
  }

  /** Called by whichever thread was held up. */
  private void held(String reason) {
    ScanStore store = records;
    if (store != null) {
      try {
        store.say(reason.isEmpty() ? doing : "paused: " + reason);
      } catch (Failure failure) {
        // The scan has more to lose than this word; it meets the same failure when it matters.
        return;
      }
    }
  }

  @Override
  public void stop() {
    stop.raise();
    Scan running = scan;
    if (running != null) {
      running.stop();
    }
  }

  private @Nullable String heldBy() {
    String wished = rest.reason();
    return resting ? RESTS : wished != null ? wished : brake.reason();
  }

  /** What it does, as of its last look. */
  synchronized ScanStatus status() {
    String held = heldBy();
    Scan running = scan;
    ScanProgress progress = running == null ? null : running.progress();
    return new ScanStatus(
        held != null
            ? "paused: " + held
            : progress == null || progress.rows() == 0
                ? doing
                : doing + ", %,d rows".formatted(progress.rows()),
        rowsBefore + (progress == null ? 0 : progress.rows()),
        trouble.retries(),
        trouble.now());
  }
}
