package nl.veer.verifier.scan;

import nl.veer.connectors.failure.StopSignal;

/** Holds a scan up while others need the databases more. Used by several threads at once. */
public interface Brake {
  /** Never. */
  Brake NONE = stop -> {};

  /** Returns when the next part may be looked at, or nobody wants to know any more. */
  void await(StopSignal stop);
}
