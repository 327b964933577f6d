package nl.veer.verifier.blame;

import nl.veer.connectors.dialect.Boundary;
import nl.veer.verifier.verdict.TargetCut.Applied;
import org.jspecify.annotations.Nullable;

/**
 * How far log and echo could be read.
 *
 * @param log whether it has reached the source's position
 * @param echo whether it has reached the target's
 * @param logWhole whether none of its records are gone
 * @param echoWhole the same of the echo
 */
record Readings(boolean log, boolean echo, boolean logWhole, boolean echoWhole) {

  /**
   * Why a row's events prove nothing; null if they do.
   *
   * @param logged the last transaction of the log that touched it; null if none did
   * @param echoed the same of the echo
   * @param source what the source's look includes
   * @param target what the target's look includes
   * @param stamp what the target holds of the log
   */
  @Nullable Blame doubt(
      @Nullable Touch logged,
      @Nullable Touch echoed,
      Boundary source,
      Boundary target,
      @Nullable Applied stamp) {
    if (!log) {
      return Blame.unknown("The log has not reached the source's position. Does the capture run?");
    }
    if (!echo) {
      return Blame.unknown(
          "The echo has not reached the target's position. Does the verifier run?");
    }
    if ((logged == null && !logWhole) || (echoed == null && !echoWhole)) {
      return Blame.unknown(
          "The log or the echo has lost its oldest records, maybe some of the row.");
    }
    boolean settled =
        stamp != null
            && (logged == null
                || (source.includes(logged.transaction())
                    && logged.number() <= stamp.transaction()))
            && (echoed == null || target.includes(echoed.transaction()));
    return settled ? null : Blame.unknown("The row is being changed. Ask again.");
  }
}
