package nl.veer.control.wave;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, as long as a replicator runs without its verifier, that nobody reads the echo's slot: the
 * target keeps its WAL for it until its disk is full. On a thread of its own; safe from any.
 */
final class EchoWatch {
  private static final Logger LOG = LoggerFactory.getLogger(EchoWatch.class);

  /** Also the time that a verifier has to start, or to start again. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final WaveId wave;
  private final EchoGround ground;
  private final Duration look;
  private final StopSignal stop = new StopSignal();
  private final AtomicBoolean begun = new AtomicBoolean();

  EchoWatch(WaveId wave, EchoGround ground) {
    this(wave, ground, LOOK);
  }

  /**
   * @param look how often it is looked at, and said
   */
  EchoWatch(WaveId wave, EchoGround ground, Duration look) {
    this.wave = wave;
    this.ground = ground;
    this.look = look;
  }

  /** Watches from now on; once is enough. */
  void begin() {
    if (begun.compareAndSet(false, true)) {
      Thread thread = new Thread(this::watch, "echo watch " + wave);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void watch() {
    while (!stop.await(look)) {
      try {
        ground.unread().ifPresent(this::tell);
      } catch (Failure failure) {
        // The replicator writes to the same server, and says itself what is wrong with it.
        LOG.atDebug().addKeyValue("code", failure.code()).log("The echo's slot was not seen");
      }
    }
  }

  private void tell(PostgresSlotState slot) {
    LOG.atWarn()
        .addKeyValue("wave", wave)
        .addKeyValue("code", "ECHO_UNREAD")
        .log("{}", words(slot));
  }

  /** For people: what is kept, and what to do. */
  static String words(PostgresSlotState slot) {
    return ("Nobody reads the echo's slot, and the target keeps its WAL for it (%s so far): start"
            + " veer verify, or do without the proof, by verification: {ledger: false} and veer"
            + " verify --again, which removes the slot.")
        .formatted(Size.approximately(Math.max(0, slot.lagBytes())));
  }

  void stop() {
    stop.raise();
  }
}
