package nl.veer.connectors.capture;

import java.time.Duration;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.LogId;

/**
 * How swiftly a capture hands on what comes. Each Kafka transaction costs the broker and every
 * reader some work, so what nobody waits for goes together.
 *
 * @param look how long Debezium's reader sleeps when the server sends nothing
 * @param linger how long a change waits for others to share its Kafka transaction
 */
record CaptureRhythm(Duration look, Duration linger) {
  /** While writes are refused until a change has come through: as long as its END may take. */
  private static final Duration AWAITED = Duration.ofMillis(4);

  /** A change of the source is awaited on the target; of an echo, only the ledger's balance is. */
  static CaptureRhythm of(LogId log) {
    return log instanceof EchoId
        ? new CaptureRhythm(Duration.ofMillis(10), Duration.ofMillis(30))
        : new CaptureRhythm(Duration.ofMillis(5), Duration.ofMillis(8));
  }

  /**
   * How long a change waits for others.
   *
   * @param awaited whether somebody waits for each change now
   */
  Duration linger(boolean awaited) {
    return awaited ? AWAITED : linger;
  }
}
