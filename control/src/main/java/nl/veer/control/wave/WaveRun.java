package nl.veer.control.wave;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wave's roles in this process, each on a thread of its own. The replicator waits until the
 * capture has made the log. A role that ends with a failure reports it once; whoever owns the run
 * then stops everything. Safe for use by several threads.
 */
public final class WaveRun {
  private static final Logger LOG = LoggerFactory.getLogger(WaveRun.class);

  private final WaveId wave;
  private final @Nullable Capture capture;
  private final @Nullable Replicator replicator;
  private final Consumer<Failure> report;
  private final StopSignal stop = new StopSignal();
  private final CountDownLatch prepared = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param capture null if another process captures
   * @param replicator null if another process replicates
   */
  WaveRun(
      WaveId wave,
      @Nullable Capture capture,
      @Nullable Replicator replicator,
      Consumer<Failure> report) {
    this.wave = wave;
    this.capture = capture;
    this.replicator = replicator;
    this.report = report;
  }

  void start() {
    if (capture == null) {
      prepared.countDown();
    } else {
      begin("capture", () -> capture(capture));
    }
    if (replicator != null) {
      begin("replicate", () -> replicate(replicator));
    }
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
    if (!stop.isRaised()) {
      role.run();
    }
  }

  private void begin(String name, Runnable role) {
    Thread thread = new Thread(() -> guarded(name, role), name + " " + wave);
    threads.add(thread);
    thread.start();
  }

  private void guarded(String name, Runnable role) {
    LOG.atInfo().addKeyValue("wave", wave).addKeyValue("role", name).log("Role begins");
    try {
      role.run();
      LOG.atInfo().addKeyValue("wave", wave).addKeyValue("role", name).log("Role ended");
    } catch (Failure failure) {
      failed(name, failure);
    } catch (RuntimeException | Error e) {
      failed(name, new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + e, e));
    }
  }

  private void failed(String name, Failure failure) {
    LOG.atError()
        .addKeyValue("wave", wave)
        .addKeyValue("role", name)
        .addKeyValue("code", failure.code())
        .setCause(failure)
        .log("Role failed");
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

  public @Nullable CaptureStatus captureStatus() {
    return capture == null ? null : capture.status();
  }

  public @Nullable ReplicatorStatus replicatorStatus() {
    return replicator == null ? null : replicator.status();
  }
}
