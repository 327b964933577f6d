package nl.veer.control.gate;

import java.time.Duration;
import java.time.Instant;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;

/** Judges the last rehearsal. Pure. */
final class RehearsalPredicate {
  private static final String REHEARSE = "veer cutover --rehearse";

  private RehearsalPredicate() {}

  static Predicate of(Fact<Rehearsed> facts, CutoverConfig how) {
    return PredicateName.REHEARSED.is(
        facts.judged(
            found ->
                found
                    .last()
                    .map(rehearsal -> state(rehearsal, how, found.now()))
                    .orElseGet(() -> new Shut("never", REHEARSE, null))));
  }

  private static PredicateState state(Rehearsal rehearsal, CutoverConfig how, Instant now) {
    Duration age = Duration.between(rehearsal.at(), now);
    String value =
        "%s ago, writes refused for %,d ms".formatted(Ages.of(age), rehearsal.outage().toMillis());
    if (age.compareTo(how.gateRehearsalAge()) > 0) {
      return new Shut(
          value + "; cutover.gate-rehearsal-age is " + Ages.of(how.gateRehearsalAge()),
          REHEARSE,
          null);
    }
    return rehearsal.outage().compareTo(how.maxOutage()) > 0
        ? new Shut(
            value + "; cutover.max-outage is %,d ms".formatted(how.maxOutage().toMillis()),
            "Raise cutover.max-outage, or find what took the time, then " + REHEARSE,
            null)
        : new Holds(value);
  }
}
