package nl.veer.control.metrics;

import java.util.Optional;

/**
 * Where the last answers of the gates are. A scrape never asks a gate: that sends a marker through
 * the whole way.
 */
@FunctionalInterface
public interface GateSource {

  /** What the gate of a wave's leg last said; empty if nobody has asked it here. */
  Optional<GateNote> last(String wave, int leg);
}
