package nl.veer.replicator;

import java.time.Duration;
import nl.veer.connectors.failure.Pauses;

/**
 * How often a replicator looks and tries again.
 *
 * @param grace what still waits for a server so long after a stop is cut off
 * @param look how long a precision that changed on the source alone may stay unnoticed
 * @param pauses between two tries
 */
record Rhythm(Duration grace, Duration look, Pauses pauses) {

  static Rhythm standard() {
    return new Rhythm(Duration.ofSeconds(5), Duration.ofSeconds(5), Pauses.standard());
  }

  Rhythm withGrace(Duration other) {
    return new Rhythm(other, look, pauses);
  }
}
