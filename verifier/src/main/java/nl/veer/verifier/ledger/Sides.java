package nl.veer.verifier.ledger;

import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.verifier.value.CanonicalBytes;

/** The two open topics of one pass, and what ends it. */
record Sides(LogReader log, LogReader echo, StopSignal stop) {

  /** Refuses a checkpoint of other topics, or one that lies outside of these. */
  void require(LedgerCheckpoint checkpoint) {
    if (checkpoint.valueVersion() != CanonicalBytes.VERSION) {
      throw LogPlace.lost("another version of Veer has begun it");
    }
    requireTopic("log", checkpoint.logId(), log.logId());
    requireTopic("echo", checkpoint.echoId(), echo.logId());
    long offset = checkpoint.echoOffset();
    if (offset < echo.beginOffset() || offset > echo.endOffset()) {
      throw LogPlace.lost(
          "offset %d of the echo is not there, it holds %d to %d",
          offset, echo.beginOffset(), echo.endOffset());
    }
  }

  private static void requireTopic(String side, String known, String there) {
    if (!known.equals(there)) {
      throw LogPlace.lost("the %s is another topic (%s) than it was (%s)", side, there, known);
    }
  }
}
