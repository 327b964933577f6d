package nl.veer.control.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nl.veer.control.gate.PredicateName.Waiving;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import nl.veer.control.gate.PredicateState.Waived;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The decision: what opens a gate, and what never does. */
class GateReportTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final PredicateState WELL = new Holds("well");
  private static final PredicateState SHUT = new Shut("ill", "heal", null);
  private static final PredicateState UNKNOWN = new Unknown("away", "look");

  @Test
  void isOpenIfAndOnlyIfEveryPredicateHoldsOrIsWaived() {
    Random dice = new Random(1602);
    for (int round = 0; round < 5_000; round++) {
      Map<PredicateName, PredicateState> states = new HashMap<>();
      Map<String, Waiver> waivers = new HashMap<>();
      boolean open = true;
      for (PredicateName name : PredicateName.values()) {
        int kind = dice.nextInt(40);
        PredicateState state = kind == 0 ? UNKNOWN : kind < 3 ? SHUT : WELL;
        boolean waived = dice.nextInt(3) > 0;
        states.put(name, state);
        if (waived) {
          waivers.put(name.text(), waiver(name));
        }
        open &= state == WELL || (state == SHUT && waived && name.waiving() != Waiving.NEVER);
      }

      GateReport report = GateReport.of("main", read(states), waivers);

      assertThat(report.open()).as("round %d: %s", round, report).isEqualTo(open);
      assertThat(report.blockers().isEmpty()).isEqualTo(open);
      assertThat(report.predicates()).hasSize(PredicateName.values().length);
      assertOrder(report);
    }
  }

  /** What is shut, what is not known, what is waived, what holds. */
  private static void assertOrder(GateReport report) {
    List<String> order = List.of("SHUT", "UNKNOWN", "WAIVED", "HOLDS");
    List<Integer> places =
        report.predicates().stream().map(one -> order.indexOf(one.state().word())).toList();
    assertThat(places).isSorted();
  }

  @ParameterizedTest
  @EnumSource
  void oneThatIsNotKnownNeverOpensWaivedOrNot(PredicateName name) {
    GateReport report =
        GateReport.of("main", read(Map.of(name, UNKNOWN)), Map.of(name.text(), waiver(name)));

    assertThat(report.open()).isFalse();
    assertThat(report.isKnown()).isFalse();
    assertThat(report.firstBlocker()).contains(new Predicate(name.text(), UNKNOWN));
  }

  @ParameterizedTest
  @EnumSource
  void oneThatWasNotReadIsNotKnown(PredicateName name) {
    List<Predicate> all = new ArrayList<>(read(Map.of()));
    all.removeIf(one -> one.name().equals(name.text()));

    GateReport report = GateReport.of("main", all, Map.of());

    assertThat(report.open()).isFalse();
    assertThat(report.blockers())
        .singleElement()
        .satisfies(one -> assertThat(one.state()).isInstanceOf(Unknown.class));
  }

  @ParameterizedTest
  @EnumSource
  void aWaiverKeepsTheLiveValueAndSaysWhoAndWhy(PredicateName name) {
    GateReport report =
        GateReport.of("main", read(Map.of(name, SHUT)), Map.of(name.text(), waiver(name)));

    if (name.waiving() == Waiving.NEVER) {
      assertThat(report.open()).isFalse();
      assertThat(report.predicates()).contains(new Predicate(name.text(), SHUT));
    } else {
      assertThat(report.open()).isTrue();
      assertThat(report.predicates().get(0))
          .isEqualTo(new Predicate(name.text(), new Waived("ill", "ticket 12", "ann")));
    }
    assertThat(report.shouted().isEmpty()).isEqualTo(name.waiving() != Waiving.SHOUTED);
  }

  @Test
  void whatHoldsNeedsNoWaiver() {
    PredicateName name = PredicateName.INDEXES;
    GateReport report = GateReport.of("main", read(Map.of()), Map.of(name.text(), waiver(name)));

    assertThat(report.predicates()).contains(new Predicate(name.text(), WELL));
  }

  @Test
  void somethingShutIsAnAnswerWhateverElseIsNotKnown() {
    GateReport report =
        GateReport.of(
            "main",
            read(Map.of(PredicateName.LAG_APPLY, UNKNOWN, PredicateName.TRIGGERS, SHUT)),
            Map.of());

    assertThat(report.isKnown()).isTrue();
    assertThat(report.sentence()).isEqualTo("The gate is shut: triggers: ill");
  }

  @Test
  void isProjectedToOpenWithTheLastOfAllThatIsInTheWay() {
    PredicateState soon = new Shut("far", "wait", NOON);
    PredicateState later = new Shut("farther", "wait", NOON.plusSeconds(60));

    assertThat(projected(soon, later)).isEqualTo(NOON.plusSeconds(60));
    assertThat(projected(later, soon)).isEqualTo(NOON.plusSeconds(60));
    assertThat(projected(soon, SHUT)).isNull();
    assertThat(projected(soon, UNKNOWN)).isNull();
    assertThat(projected(WELL, WELL)).isNull();
  }

  private static @org.jspecify.annotations.Nullable Instant projected(
      PredicateState apply, PredicateState ledger) {
    return GateReport.of(
            "main",
            read(Map.of(PredicateName.LAG_APPLY, apply, PredicateName.LAG_LEDGER, ledger)),
            Map.of())
        .projected();
  }

  @Test
  void namesAreWhatScriptsAndWaiversHaveWritten() {
    assertThat(Arrays.stream(PredicateName.values()).map(PredicateName::text))
        .containsExactly(
            "lag-capture",
            "lag-apply",
            "lag-ledger",
            "ledger-balanced",
            "findings-none",
            "differences-none",
            "tables-scanned",
            "scans-fresh",
            "verdict-equal",
            "constraints",
            "triggers",
            "indexes",
            "sequences",
            "settings",
            "reverse-slots",
            "reverse-rights",
            "fence-rights",
            "foreign-keys-across-waves",
            "rehearsed");
  }

  /** All as given, and well where nothing is. */
  private static List<Predicate> read(Map<PredicateName, PredicateState> states) {
    return Arrays.stream(PredicateName.values())
        .map(name -> name.is(states.getOrDefault(name, WELL)))
        .toList();
  }

  private static Waiver waiver(PredicateName name) {
    return new Waiver(name.text(), "ticket 12", "ann", NOON);
  }
}
