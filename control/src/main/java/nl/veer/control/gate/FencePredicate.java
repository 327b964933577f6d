package nl.veer.control.gate;

import java.util.List;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.FenceStrategy;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;

/** Judges whether the active side can be made to refuse writes, and given back as it was. Pure. */
final class FencePredicate {
  private FencePredicate() {}

  /**
   * @param obstacles sentences that end with the SQL that mends them; of a command there are none
   *     to be known before it runs
   */
  static Predicate of(Fact<List<String>> obstacles, CutoverConfig how) {
    return PredicateName.FENCE_RIGHTS.is(
        obstacles.judged(
            known ->
                known.isEmpty()
                    ? new Holds(how.fence() == FenceStrategy.COMMAND ? command(how) : word(how))
                    : new Shut(
                        "%s, in the way: %,d".formatted(word(how), known.size()),
                        Few.of(known),
                        null)));
  }

  private static String word(CutoverConfig how) {
    return "fence: " + how.fence().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static String command(CutoverConfig how) {
    return "by %s, which only a rehearsal tries".formatted(how.fenceCommand());
  }
}
