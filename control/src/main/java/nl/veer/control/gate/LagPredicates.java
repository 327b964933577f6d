package nl.veer.control.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.control.gate.Arrival.After;
import nl.veer.control.gate.Arrival.NoneWithin;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;

/**
 * Judges a marker's way, which was measured just now: no number that something wrote down earlier
 * can pass for it, so a pipeline that stands still shows as what it is. Pure.
 */
final class LagPredicates {
  private LagPredicates() {}

  static List<Predicate> of(Fact<RoundTrip> trip, Duration bound, Instant now) {
    return List.of(
        PredicateName.LAG_CAPTURE.is(
            trip.judged(
                way ->
                    state(
                        way.capture(),
                        bound,
                        now,
                        "Nothing captures the side that is written to, or it falls behind: veer"
                            + " status, then veer run or veer capture."))),
        PredicateName.LAG_APPLY.is(
            trip.judged(
                way ->
                    state(
                        way.apply(),
                        bound,
                        now,
                        "Nothing applies the log, or it falls behind: veer status, then veer run or"
                            + " veer replicate."))),
        PredicateName.LAG_LEDGER.is(
            trip.judged(
                way ->
                    state(
                        way.ledger(),
                        bound,
                        now,
                        "Nothing balances log and echo, or it falls behind: veer status, then veer"
                            + " run or veer verify."))));
  }

  private static PredicateState state(Arrival arrival, Duration bound, Instant now, String remedy) {
    if (arrival instanceof After after) {
      String time = "%,d ms for a marker".formatted(after.time().toMillis());
      return after.time().compareTo(bound) <= 0
          ? new Holds(time)
          : new Shut(
              time + ", and cutover.gate-lag is %,d ms".formatted(bound.toMillis()), remedy, null);
    }
    if (arrival instanceof NoneWithin none) {
      Duration left = none.left();
      return new Shut(
          "no answer within %,d ms".formatted(none.limit().toMillis()),
          remedy,
          left == null ? null : now.plus(left));
    }
    return new Shut(
        "verification.ledger is false: nothing is balanced",
        "Set verification.ledger: true, and start veer run or veer verify.",
        null);
  }
}
