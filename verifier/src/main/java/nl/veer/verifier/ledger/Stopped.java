package nl.veer.verifier.ledger;

import nl.veer.connectors.failure.StopSignal;

/** Ends the weighing of a large transaction when the ledger is asked to stop. */
@SuppressWarnings("serial") // never leaves the ledger
final class Stopped extends RuntimeException {
  private Stopped() {
    super("stopped", null, false, false);
  }

  static void check(StopSignal stop) {
    if (stop.isRaised()) {
      throw new Stopped();
    }
  }
}
