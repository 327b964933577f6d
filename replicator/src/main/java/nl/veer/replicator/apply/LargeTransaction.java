package nl.veer.replicator.apply;

import java.time.Duration;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.StandingFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a transaction is that is written in parts: it takes minutes, nothing else moves
 * meanwhile, and it shall be seen to move. Remembers how far an attempt ever came. Owned by one
 * thread.
 */
final class LargeTransaction {
  private static final Logger LOG = LoggerFactory.getLogger(LargeTransaction.class);

  private static final long TELL_NANOS = Duration.ofSeconds(5).toNanos();

  private final WaveId wave;
  private final ApplyMeter meter;
  private long told = System.nanoTime() - TELL_NANOS;
  private long furthest;

  LargeTransaction(WaveId wave, ApplyMeter meter) {
    this.wave = wave;
    this.meter = meter;
  }

  /**
   * So many of its changes are written now. What it failed of before is over once it is past that
   * place.
   *
   * @param number of the transaction
   */
  void written(long number, long changes, StandingFailure failure) {
    meter.open(changes);
    if (System.nanoTime() - told >= TELL_NANOS) {
      told = System.nanoTime();
      LOG.atInfo()
          .addKeyValue("wave", wave)
          .addKeyValue("transaction", number)
          .addKeyValue("changes", changes)
          .log("A large transaction is being written");
    }
    if (changes > furthest) {
      furthest = changes;
      failure.passed();
    } else {
      failure.reachable();
    }
  }

  /** It is committed. */
  void over() {
    furthest = 0;
  }
}
