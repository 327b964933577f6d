package nl.veer.control.gate;

import java.util.List;
import java.util.stream.Collectors;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;

/**
 * One thing that keeps a predicate from holding.
 *
 * @param remedy SQL or a setting
 */
record Problem(String what, String remedy) {

  /** Shut by these, the first one's remedy first; if there are none, it holds. */
  static PredicateState state(List<Problem> problems, String well) {
    return problems.isEmpty()
        ? new Holds(well)
        : new Shut(
            Few.of(problems.stream().map(Problem::what).toList()),
            problems.stream()
                .map(Problem::remedy)
                .distinct()
                .limit(Few.SHOWN)
                .collect(Collectors.joining(" ")),
            null);
  }

  /** A name as a remedy's SQL has it. */
  static String sqlName(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
