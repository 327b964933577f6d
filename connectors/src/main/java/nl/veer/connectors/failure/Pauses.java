package nl.veer.connectors.failure;

import java.time.Duration;

/**
 * How long {@link Retrying} waits between two tries. Both pauses double up to their longest.
 *
 * @param first after the first TRANSIENT failure
 * @param longest after many of them
 * @param firstIncident after the first incident
 * @param longestIncident after many of them; the first again if looking costs nothing
 */
public record Pauses(
    Duration first, Duration longest, Duration firstIncident, Duration longestIncident) {

  /** For a role that only looks when it tries again. */
  public static Pauses standard() {
    return new Pauses(
        Duration.ofMillis(100),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }

  /** For a role whose every try writes: an incident is tried again after 5 s, then ever later. */
  public static Pauses growing() {
    return new Pauses(
        Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofHours(1));
  }
}
