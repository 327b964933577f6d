package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.GateView;
import nl.veer.control.gate.Predicate;
import nl.veer.control.gate.PredicateName;
import nl.veer.control.gate.PredicateState;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.Waiver;
import org.junit.jupiter.api.Test;

/** A gate as people and scripts see it. */
class GateTableTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00.5Z");

  @Test
  void whatIsInTheWayComesFirstWithItsRemedyAndTheAnswerLast() {
    GateReport report =
        report(Map.of(PredicateName.TRIGGERS, new Shut("t is off", "ALTER …;", null)), Map.of());

    List<String> lines = lines(report, false);

    assertThat(lines)
        .startsWith(
            "Gate of wave main",
            "  SHUT     triggers                   t is off",
            "           mend: ALTER …;",
            "  HOLDS    lag-capture                well")
        .endsWith("The gate is shut: triggers: t is off")
        .hasSize(PredicateName.values().length + 3);
  }

  @Test
  void aProjectionIsSaidOnlyWhereThereIsOne() {
    assertThat(
            lines(
                report(Map.of(PredicateName.LAG_APPLY, new Shut("far", "wait", NOON)), Map.of()),
                false))
        .endsWith("It will be open at about 2026-11-29T12:00:00Z, if all goes on as it does.");
  }

  @Test
  void aWaivedPartOfTheProofIsShoutedThoughTheGateIsOpen() {
    GateReport report =
        report(
            Map.of(
                PredicateName.VERDICT_EQUAL,
                new Shut("UNKNOWN (BEHIND): it lags", "wait", null),
                PredicateName.INDEXES,
                new Shut("i is missing", "make it", null)),
            Map.of(
                "verdict-equal",
                new Waiver("verdict-equal", "ticket 2", "veer (ann)", NOON),
                "indexes",
                new Waiver("indexes", "ticket 3", "veer (ann)", NOON)));

    assertThat(lines(report, false))
        .contains(
            "           waived by veer (ann): ticket 2",
            "NOT PROVEN: VERDICT-EQUAL is waived, though: UNKNOWN (BEHIND): it lags")
        .endsWith("The gate is open.")
        .noneMatch(line -> line.startsWith("NOT PROVEN: INDEXES"));
  }

  @Test
  void onlyATerminalIsSentColours() {
    GateReport report = report(Map.of(), Map.of());

    assertThat(lines(report, true)).last().isEqualTo("\u001b[32mThe gate is open.\u001b[0m");
    assertThat(lines(report, false)).noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void whatATerminalWouldActUponIsPrintedAsItsNumber() {
    GateReport report =
        report(Map.of(PredicateName.INDEXES, new Shut("a\u001b[2J", "b\u0007", null)), Map.of());

    assertThat(String.join("\n", lines(report, false)))
        .contains("a\\u001b[2J", "b\\u0007")
        .doesNotContain("\u001b", "\u0007");
  }

  @Test
  void jsonHasTheSameInStableWords() {
    GateReport report =
        report(
            Map.of(
                PredicateName.LAG_APPLY,
                new Shut("far", "wait", NOON),
                PredicateName.INDEXES,
                new Shut("i is missing", "make it", null)),
            Map.of("indexes", new Waiver("indexes", "ticket 3", "veer (ann)", NOON)));

    GateView view = GateView.of(report);

    assertThat(view.state()).isEqualTo("SHUT");
    assertThat(view.blocker()).isEqualTo("lag-apply");
    assertThat(view.projected()).isEqualTo("2026-11-29T12:00:00.500Z");
    assertThat(view.predicates().get(0))
        .isEqualTo(
            new GateView.Line(
                "lag-apply", "SHUT", "far", "wait", "2026-11-29T12:00:00.500Z", null, null));
    assertThat(view.predicates().get(1))
        .isEqualTo(
            new GateView.Line(
                "indexes", "WAIVED", "i is missing", null, null, "ticket 3", "veer (ann)"));
    assertThat(Json.write(List.of(view))).contains("\"open\" : false", "\"unproven\" : [ ]");
  }

  private static List<String> lines(GateReport report, boolean terminal) {
    return GateTable.lines(report, new Console(new PrintWriter(new StringWriter()), terminal));
  }

  /** All holds but these. */
  private static GateReport report(
      Map<PredicateName, PredicateState> states, Map<String, Waiver> waivers) {
    List<Predicate> all = new ArrayList<>();
    Arrays.stream(PredicateName.values())
        .forEach(
            name ->
                all.add(new Predicate(name.text(), states.getOrDefault(name, new Holds("well")))));
    return GateReport.of("main", all, waivers);
  }
}
