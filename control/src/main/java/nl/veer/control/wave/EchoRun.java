package nl.veer.control.wave;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.capture.CaptureStatus.State;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;

/**
 * Carries the target's own changes into a wave's echo, once it may begin. {@link #run} blocks its
 * thread; the other methods are safe from any.
 */
final class EchoRun implements SideRole {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final WaveId wave;
  private final EchoGround ground;
  private final Capture capture;
  private final BooleanSupplier mayBegin;
  private final StopSignal stop = new StopSignal();
  private volatile boolean capturing;

  /** Outside of its capture, which speaks for itself. */
  private final Trouble trouble;

  /**
   * @param mayBegin whether the echo is made, or need not be made before anything; may throw
   */
  EchoRun(WaveId wave, EchoGround ground, Capture capture, BooleanSupplier mayBegin) {
    this.wave = wave;
    this.ground = ground;
    this.capture = capture;
    this.mayBegin = mayBegin;
    this.trouble = new Trouble(wave, name());
  }

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public void run() {
    trouble.endsWith(() -> EchoFailures.telling(this::capture));
  }

  private void capture() {
    Retrying waiting = new Retrying(stop, failure -> trouble.retried(EchoFailures.told(failure)));
    waiting.untilDone(this::awaitBeginning);
    Retrying preparing = new Retrying(stop, failure -> trouble.retried(EchoFailures.told(failure)));
    preparing.untilDone(
        () -> {
          ground.lay();
          capture.prepare();
        });
    if (!stop.isRaised()) {
      trouble.is(null);
      capturing = true;
      capture.run();
    }
  }

  private void awaitBeginning() {
    while (!stop.isRaised() && !mayBegin.getAsBoolean()) {
      trouble.is(
          new Failure(
              FailureKind.TRANSIENT,
              "ECHO_WAITS",
              "The echo waits for the load's end; the replicator then makes it, before the first"
                  + " batch, as soon as the transactions have ended that are open on the target."
                  + " Does 'veer replicate' run?"));
      stop.await(LOOK);
    }
  }

  /** As {@link Capture#hurry}. */
  void hurry(boolean changesAwaited) {
    capture.hurry(changesAwaited);
  }

  @Override
  public void stop() {
    stop.raise();
    capture.stop();
  }

  /** It makes no slot and no publication any more; one that captures goes on. */
  void stopPreparing() {
    stop.raise();
    if (!capturing) {
      capture.stop();
    }
  }

  /** As a capture tells it; positions are the target's. */
  CaptureStatus status() {
    CaptureStatus now = capture.status();
    Failure own = trouble.now();
    Failure failure = own != null ? own : now.failure();
    return new CaptureStatus(
        own == null ? now.state() : state(own),
        now.position(),
        now.transaction(),
        now.committedAt(),
        now.transactions(),
        now.events(),
        now.retries() + trouble.retries(),
        failure == null ? null : EchoFailures.told(failure));
  }

  private static State state(Failure failure) {
    return failure.code().equals("ECHO_WAITS")
        ? State.STARTING
        : switch (failure.kind().reaction()) {
          case STOP -> State.FAILED;
          case RETRY -> State.RETRYING;
          case INCIDENT -> State.INCIDENT;
        };
  }
}
