package nl.veer.control.wave;

import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a wave's echo after the load and before the first batch: the replicator's step at the
 * beginning of each attempt. Until a batch was applied, what fails here holds the replicator up,
 * for a batch that the echo lacks can never be proven. Afterwards nothing here does: the echo's own
 * role goes on with it, and a wave that was begun without an echo gets it later. Used by the
 * replicator's thread; {@link #stop} and {@link #isDone} are safe from any.
 */
final class EchoStart {
  private static final Logger LOG = LoggerFactory.getLogger(EchoStart.class);

  private final WaveId wave;
  private final EchoGround ground;
  private final Capture preparing;
  private final @Nullable EchoWatch watch;
  private volatile boolean done;

  /** Whether all was laid so short a while ago that there is no need to look again. */
  private volatile boolean laid;

  /**
   * @param preparing makes slot, publication and topic; never runs
   * @param watch sees that somebody reads what was made; null where this process does
   */
  EchoStart(WaveId wave, EchoGround ground, Capture preparing, @Nullable EchoWatch watch) {
    this.wave = wave;
    this.ground = ground;
    this.preparing = preparing;
    this.watch = watch;
  }

  /**
   * Whether the echo may begin, as far as this process knows: it is made, or there is nothing left
   * to begin before.
   */
  boolean isDone() {
    return done;
  }

  /** The echo was made with its leg, which begins now: while it does, writes are refused. */
  void laidAlready() {
    laid = true;
  }

  /**
   * Looks whether an echo can be made, for a wave that is not begun.
   *
   * @throws Failure CONFIGURATION if the target must be set up for it first
   */
  void beforeLoad() {
    if (!laid && !ground.hasBatches()) {
      ground.requireCapturable();
    }
  }

  void beforeBatches() {
    if (laid) {
      laid = false;
    } else if (ground.hasBatches()) {
      tryToLay();
    } else {
      EchoFailures.telling(
          () -> {
            ground.lay();
            preparing.prepare();
          });
    }
    done = true;
    if (watch != null) {
      watch.begin();
    }
  }

  /** The echo's own role tells what is in the way; a batch that cannot be written tells itself. */
  private void tryToLay() {
    try {
      ground.lay();
    } catch (Failure failure) {
      LOG.atWarn()
          .addKeyValue("wave", wave)
          .addKeyValue("code", failure.code())
          .log("Replication goes on, its proof may not: {}", failure.getMessage());
    }
  }

  /** Cuts off, after some seconds, what waits for a server. */
  void stop() {
    preparing.stop();
    if (watch != null) {
      watch.stop();
    }
  }
}
