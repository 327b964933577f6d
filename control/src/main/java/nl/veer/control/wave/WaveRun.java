package nl.veer.control.wave;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wave's roles in this process, each on a thread of its own. The replicator waits until the
 * capture has made the log. A role that ends with a failure reports it once; whoever owns the run
 * then stops everything. A role beside the crossing ends alone; so does the echo, unless nothing
 * else runs here. Safe for use by several threads.
 */
public final class WaveRun {
  private static final Logger LOG = LoggerFactory.getLogger(WaveRun.class);

  private final WaveId wave;
  private final Duration heartbeat;
  private final @Nullable Capture capture;
  private final @Nullable Replicator replicator;
  private final @Nullable EchoStart echoStart;
  private final @Nullable EchoRun echo;
  private final @Nullable LedgerRun ledger;
  private final WaveProof proof;
  private final Consumer<Failure> report;
  private final StopSignal stop = new StopSignal();
  private final CountDownLatch prepared = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param capture null if another process captures
   * @param replicator null if another process replicates
   * @param echoStart null if the replicator makes no echo
   * @param echo null if another process captures the target, or none does
   * @param ledger null if another process balances, or none does
   * @param proof what scans and judges here
   */
  WaveRun(
      WaveId wave,
      Duration heartbeat,
      @Nullable Capture capture,
      @Nullable Replicator replicator,
      @Nullable EchoStart echoStart,
      @Nullable EchoRun echo,
      @Nullable LedgerRun ledger,
      WaveProof proof,
      Consumer<Failure> report) {
    this.wave = wave;
    this.heartbeat = heartbeat;
    this.capture = capture;
    this.replicator = replicator;
    this.echoStart = echoStart;
    this.echo = echo;
    this.ledger = ledger;
    this.proof = proof;
    this.report = report;
  }

  void start() {
    if (capture == null) {
      prepared.countDown();
    } else {
      begin("capture", () -> capture(capture), this::ended);
    }
    if (replicator != null) {
      begin("replicate", () -> replicate(replicator), this::ended);
    }
    if (echo != null) {
      boolean alone = capture == null && replicator == null;
      begin(echo.name(), echo::run, alone ? this::ended : WaveRun::alone);
    }
    if (ledger != null) {
      begin(ledger.name(), ledger::run, WaveRun::alone);
    }
    proof.roles().forEach(role -> begin(role.name(), role::run, WaveRun::alone));
  }

  private void capture(Capture role) {
    Retrying retrying = new Retrying(stop, failure -> warn("capture", failure));
    retrying.untilDone(role::prepare);
    prepared.countDown();
    if (!stop.isRaised()) {
      role.run();
    }
  }

  private void replicate(Replicator role) {
    try {
      prepared.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (echoStart != null) {
      new Retrying(stop, failure -> warn("replicate", failure)).untilDone(echoStart::beforeLoad);
    }
    if (!stop.isRaised()) {
      role.run();
    }
  }

  /** What the end of a role with a failure is for the others. */
  private interface Ending {
    void of(String name, Failure failure);
  }

  private static void alone(String name, Failure failure) {
    // It shows its failure itself.
  }

  private void begin(String name, Runnable role, Ending ending) {
    Thread thread = new Thread(() -> guarded(name, role, ending), name + " " + wave);
    threads.add(thread);
    thread.start();
  }

  private void guarded(String name, Runnable role, Ending ending) {
    LOG.atInfo().addKeyValue("wave", wave).addKeyValue("role", name).log("Role begins");
    try {
      role.run();
      LOG.atInfo().addKeyValue("wave", wave).addKeyValue("role", name).log("Role ended");
    } catch (Failure failure) {
      failed(name, failure, ending);
    } catch (RuntimeException | Error e) {
      failed(
          name,
          new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e),
          ending);
    }
  }

  private void failed(String name, Failure failure, Ending ending) {
    LOG.atError()
        .addKeyValue("wave", wave)
        .addKeyValue("role", name)
        .addKeyValue("code", failure.code())
        .setCause(failure)
        .log("Role failed");
    ending.of(name, failure);
  }

  private void ended(String name, Failure failure) {
    report.accept(
        new Failure(
            failure.kind(),
            failure.code(),
            "Wave %s, %s: %s".formatted(wave.wave(), name, failure.getMessage()),
            failure));
  }

  private void warn(String name, Failure failure) {
    LOG.atWarn()
        .addKeyValue("wave", wave)
        .addKeyValue("role", name)
        .addKeyValue("code", failure.code())
        .log("Retrying: {}", failure.getMessage());
  }

  /** Asks the roles to end; returns at once. */
  void stop() {
    stop.raise();
    prepared.countDown();
    if (replicator != null) {
      replicator.stop();
    }
    if (capture != null) {
      capture.stop();
    }
    if (echo != null) {
      echo.stop();
    }
    if (ledger != null) {
      ledger.stop();
    }
    proof.roles().forEach(SideRole::stop);
  }

  /** Waits for the roles' end; tells whether they ended in time. */
  boolean awaitEnd(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }

  public WaveId wave() {
    return wave;
  }

  /** How often at least the source commits something. */
  public Duration heartbeat() {
    return heartbeat;
  }

  public @Nullable CaptureStatus captureStatus() {
    return capture == null ? null : capture.status();
  }

  /** How far the echo is; null if it is not captured here. */
  public @Nullable CaptureStatus echoStatus() {
    return echo == null ? null : echo.status();
  }

  /** How far log and echo are balanced; null if that is not done here. */
  public @Nullable LedgerStatus ledgerStatus() {
    return ledger == null ? null : ledger.status();
  }

  /** What is known of it; null if nobody judges here, or could. */
  public @Nullable WaveVerdict verdict() {
    return proof.verdict() == null ? null : proof.verdict().verdict();
  }

  /** What its scans do; null if none run here. */
  public @Nullable ScanStatus scanStatus() {
    return proof.scan() == null ? null : proof.scan().status();
  }

  public @Nullable ReplicatorStatus replicatorStatus() {
    return replicator == null ? null : replicator.status();
  }
}
