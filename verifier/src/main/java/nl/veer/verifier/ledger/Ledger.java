package nl.veer.verifier.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.ledger.LedgerPass.Step;
import nl.veer.verifier.ledger.Reading.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wave's ledger. Follows the echo from its checkpoint on, weighs each target transaction against
 * the log, and records what it finds together with how far it is, so that a restart neither loses
 * nor repeats a finding. A finding does not stop it; a failure that may pass is waited out. Runs on
 * its caller's thread; {@link #status} may be asked from any.
 */
public final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final long TELL_NANOS = Duration.ofSeconds(10).toNanos();

  private final WaveId wave;
  private final Supplier<LedgerConfig> configs;
  private final DigestKey key;
  private final BiFunction<String, Position, Boundary> boundaries;
  private final Supplier<LogReader> log;
  private final Supplier<LogReader> echo;
  private final LedgerRecords records;
  private long checkpointNanos;

  /** Whether other processes may have been told of a failure. */
  private boolean troubled = true;

  private long untold;
  private long told = System.nanoTime() - TELL_NANOS;
  private volatile LedgerStatus status =
      new LedgerStatus(null, LedgerCounts.NONE, 0, null, false, 0, null);

  /**
   * @param configs reads what is so now, at the beginning of each attempt
   * @param boundaries reads a boundary as it was recorded; the source dialect's
   * @param log opens the wave's log; closed by the ledger
   * @param echo opens the wave's echo; a TRANSIENT failure as long as it is not there yet
   */
  public Ledger(
      WaveId wave,
      Supplier<LedgerConfig> configs,
      DigestKey key,
      BiFunction<String, Position, Boundary> boundaries,
      Supplier<LogReader> log,
      Supplier<LogReader> echo,
      LedgerRecords records) {
    this.wave = wave;
    this.configs = configs;
    this.key = key;
    this.boundaries = boundaries;
    this.log = log;
    this.echo = echo;
    this.records = records;
  }

  /**
   * Balances until the signal is raised.
   *
   * @throws Failure LOST_POSITION if log or echo do not go on from the checkpoint; whatever else
   *     waiting does not mend
   */
  public void run(StopSignal stop) {
    Retrying retrying = new Retrying(stop, this::failed);
    try {
      retrying.untilDone(() -> attempt(stop, retrying));
    } catch (Failure failure) {
      failed(failure);
      throw failure;
    }
  }

  /** How far the ledger is, as of its last look. */
  public LedgerStatus status() {
    return status;
  }

  /** Goes on with a new pass, from the last checkpoint, whenever what a pass stands on changes. */
  private void attempt(StopSignal stop, Retrying retrying) {
    boolean again = true;
    while (again) {
      LedgerCheckpoint checkpoint = records.checkpoint().orElse(null);
      LedgerConfig config = configs.get();
      try (LogReader openLog = log.get();
          LogReader openEcho = echo.get()) {
        Sides sides = new Sides(openLog, openEcho, stop);
        Optional<LedgerConfig> ready =
            checkpoint == null ? beginning(config, sides) : Optional.of(config);
        again = ready.isPresent() && follow(pass(ready.get(), sides, checkpoint), stop, retrying);
      }
    }
  }

  /** Empty if it was stopped. */
  private static Optional<LedgerConfig> beginning(LedgerConfig config, Sides sides) {
    return FirstBoundaries.find(
            config.wave(), config.boundaries(), config.asOf(), sides.echo(), sides.stop())
        .map(config::beginningWith);
  }

  private LedgerPass pass(LedgerConfig config, Sides sides, @Nullable LedgerCheckpoint checkpoint) {
    checkpointNanos = config.checkpointEvery().toNanos();
    return new LedgerPass(
        config,
        () -> new KeyedDigester(key),
        new SpillDirectory(config.spillDirectory()),
        boundaries,
        sides,
        checkpoint);
  }

  /** Tells whether a new pass has to go on; not if it was stopped. */
  private boolean follow(LedgerPass pass, StopSignal stop, Retrying retrying) {
    boolean unsaved = false;
    long saved = System.nanoTime();
    publish(pass.checkpoint());
    while (!stop.isRaised()) {
      Step step = pass.step();
      if (step.state() == State.STOPPED) {
        return false;
      }
      unsaved |= step.state() == State.READ;
      boolean idle = step.state() == State.IDLE;
      boolean due = System.nanoTime() - saved >= checkpointNanos;
      if (unsaved && (due || idle || step.marked() || step.over() || !step.found().isNothing())) {
        LedgerCheckpoint checkpoint = pass.checkpoint();
        records.save(checkpoint, step.found());
        tell(step.found().detailed());
        publish(checkpoint);
        unsaved = false;
        saved = System.nanoTime();
      }
      if (!unsaved) {
        goesOn(retrying);
      }
      if (step.over()) {
        return true;
      }
    }
    return false;
  }

  /** Only what is saved is progress: what comes before a failure is done again after it. */
  private void goesOn(Retrying retrying) {
    retrying.progressed();
    if (troubled) {
      records.tell(null);
      troubled = false;
    }
  }

  /** A foreign writer that does not rest shall not fill the log; all it does is on record. */
  private void tell(List<Imbalance> findings) {
    untold += findings.size();
    if (!findings.isEmpty() && System.nanoTime() - told >= TELL_NANOS) {
      Imbalance first = findings.get(0);
      LOG.atError()
          .addKeyValue("wave", wave)
          .addKeyValue("code", first.kind().code())
          .addKeyValue("findings", untold)
          .log("Log and echo do not balance; one of the findings is {}", first);
      untold = 0;
      told = System.nanoTime();
    }
  }

  private void publish(LedgerCheckpoint checkpoint) {
    status =
        new LedgerStatus(
            checkpoint.balanced(),
            checkpoint.counts(),
            Math.max(0, checkpoint.echoTransaction()),
            checkpoint.echoPosition(),
            true,
            status.retries(),
            null);
  }

  private void failed(Failure failure) {
    troubled = true;
    records.tell(failure);
    LedgerStatus last = status;
    status =
        new LedgerStatus(
            last.balanced(),
            last.counts(),
            last.echoTransaction(),
            last.echoPosition(),
            false,
            last.retries() + 1,
            failure);
    LOG.atWarn()
        .addKeyValue("wave", wave)
        .addKeyValue("code", failure.code())
        .log("The ledger waits: {}", failure.getMessage());
  }
}
