package nl.veer.control.gate;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.dialect.postgres.SequencePlan;
import nl.veer.connectors.dialect.postgres.SequencePlanner;

/** Judges the sequences: the cutover must be able to set each on the other side. Pure. */
final class SequencePredicate {
  private static final String LIKE_HERE =
      "CREATE SEQUENCE on the other side as it is on the active one, or ALTER it to count as there.";

  private SequencePredicate() {}

  /**
   * @param margin steps by which they are set ahead
   */
  static Predicate of(Fact<SequenceFacts> facts, long margin) {
    return PredicateName.SEQUENCES.is(facts.judged(known -> state(known, margin)));
  }

  private static PredicateState state(SequenceFacts facts, long margin) {
    SequencePlan plan = SequencePlanner.plan(facts.active(), facts.passive(), margin);
    List<Problem> problems = new ArrayList<>();
    plan.problems().forEach(words -> problems.add(new Problem(words, LIKE_HERE)));
    rights("read %d sequences of the active side", facts.unreadable(), problems);
    rights("set %d sequences of the passive side", facts.unsettable(), problems);
    return Problem.state(
        problems,
        "%,d known on both sides%s"
            .formatted(
                facts.active().size(),
                plan.remarks().isEmpty() ? "" : "; " + Few.of(plan.remarks())));
  }

  private static void rights(String what, List<String> grants, List<Problem> problems) {
    if (!grants.isEmpty()) {
      problems.add(
          new Problem("Veer's role may not " + what.formatted(grants.size()), Few.of(grants)));
    }
  }
}
