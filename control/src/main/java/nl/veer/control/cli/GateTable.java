package nl.veer.control.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.Predicate;
import nl.veer.control.gate.PredicateState;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import nl.veer.control.gate.PredicateState.Waived;

/** Lays a gate out for people: what is in the way first, and the answer last. */
final class GateTable {
  /** The longest name, so that tables of several waves stand below each other. */
  private static final String LINE = "  %s  %-25s  %s";

  private static final String BELOW = "           ";

  private GateTable() {}

  static List<String> lines(GateReport report, Console console) {
    List<String> lines = new ArrayList<>();
    lines.add("Gate of wave " + report.wave());
    for (Predicate predicate : report.predicates()) {
      lines.add(
          LINE.formatted(word(predicate.state(), console), predicate.name(), value(predicate)));
      below(predicate.state(), lines);
    }
    for (Predicate predicate : report.shouted()) {
      lines.add(
          console.bad(
              "NOT PROVEN: %s is waived, though: %s"
                  .formatted(
                      predicate.name().toUpperCase(Locale.ROOT), Visible.of(value(predicate)))));
    }
    String answer = Visible.of(report.sentence());
    lines.add(report.open() ? console.good(answer) : console.bad(answer));
    Instant projected = report.projected();
    if (projected != null) {
      lines.add(
          "It will be open at about %s, if all goes on as it does."
              .formatted(projected.truncatedTo(ChronoUnit.SECONDS)));
    }
    return lines;
  }

  private static String word(PredicateState state, Console console) {
    String word = "%-7s".formatted(state.word());
    return state.passes() && !(state instanceof Waived) ? console.good(word) : console.bad(word);
  }

  private static String value(Predicate predicate) {
    return Visible.of(predicate.state().value());
  }

  private static void below(PredicateState state, List<String> lines) {
    if (state instanceof Shut shut) {
      lines.add(BELOW + "mend: " + Visible.of(shut.remedy()));
    } else if (state instanceof Unknown unknown) {
      lines.add(BELOW + "mend: " + Visible.of(unknown.remedy()));
    } else if (state instanceof Waived waived) {
      lines.add(
          BELOW
              + "waived by %s: %s".formatted(Visible.of(waived.by()), Visible.of(waived.reason())));
    }
  }
}
