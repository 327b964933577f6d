package nl.veer.control.link;

import java.util.Set;

/** The ways from Veer's roles to their servers. */
enum Way {
  CAPTURE_TO_SOURCE("CONNECTION_LOST", "SOURCE_UNAVAILABLE"),
  CAPTURE_TO_KAFKA("KAFKA_UNAVAILABLE"),
  CAPTURE_TO_REGISTRY("REGISTRY_UNAVAILABLE"),
  REPLICATOR_TO_SOURCE("CONNECTION_LOST"),
  REPLICATOR_TO_KAFKA("KAFKA_UNAVAILABLE"),
  REPLICATOR_TO_REGISTRY("REGISTRY_UNAVAILABLE"),
  REPLICATOR_TO_TARGET("CONNECTION_LOST");

  private final Set<String> codes;

  Way(String... codes) {
    this.codes = Set.of(codes);
  }

  /** What the role says while this way is closed. */
  Set<String> codes() {
    return codes;
  }

  boolean isOfCapture() {
    return name().startsWith("CAPTURE");
  }

  /** A replicator needs its source for the load only. */
  boolean isForTheLoad() {
    return this == REPLICATOR_TO_SOURCE;
  }
}
