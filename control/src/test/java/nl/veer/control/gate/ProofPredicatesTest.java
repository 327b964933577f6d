package nl.veer.control.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.control.gate.Fact.Known;
import nl.veer.control.gate.Fact.NotKnown;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.record.LedgerView;
import nl.veer.verifier.record.OpenFindings;
import nl.veer.verifier.verdict.Exclusion;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the verifier's records say to the gate. */
class ProofPredicatesTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final LsnPosition HERE = new LsnPosition(0x1000);
  private static final TableId A = new TableId("shop", "a");
  private static final TableId B = new TableId("shop", "b");
  private static final List<Exclusion> NONE = List.of();

  private static final LedgerView BALANCED = ledger(NOON.minusSeconds(1), null, 0);
  private static final Scanned SCAN = scan(true, NOON.minus(Duration.ofHours(1)), NONE);
  private static final WaveVerdict EQUAL = verdict(Verdict.equal(), SCAN, SCAN);

  @Test
  void allHoldsWhereAllIsProven() {
    Map<String, PredicateState> states = states(facts(BALANCED, true, EQUAL));

    assertThat(states.values()).allSatisfy(one -> assertThat(one).isInstanceOf(Holds.class));
    assertThat(Objects.requireNonNull(states.get("ledger-balanced")).value())
        .isEqualTo("up to 0/1000");
    assertThat(Objects.requireNonNull(states.get("scans-fresh")).value())
        .isEqualTo("the oldest 60 min ago");
    assertThat(Objects.requireNonNull(states.get("verdict-equal")).value())
        .isEqualTo("EQUAL at 0/1000, 2 tables");
  }

  @Test
  void nothingHoldsWhereNothingCouldBeRead() {
    assertThat(states(new NotKnown<>("away")).values())
        .hasSize(6)
        .allSatisfy(one -> assertThat(one).isInstanceOf(Unknown.class));
  }

  @Test
  void onlyTheDifferencesAndFindingsOfWhereThereAreNoneHoldWithoutAVerifier() {
    Map<String, PredicateState> states =
        states(
            new Known<>(
                new ProofFacts(
                    Optional.empty(), false, Map.of(), Map.of(), Optional.empty(), NOON)));

    assertThat(states)
        .allSatisfy(
            (name, state) ->
                assertThat(state)
                    .as(name)
                    .isInstanceOf(
                        name.equals("findings-none") || name.equals("differences-none")
                            ? Holds.class
                            : Shut.class));
  }

  @Test
  void aLedgerMustBeAliveAndWithoutFindings() {
    assertThat(balanced(BALANCED, false)).isEqualTo("no process balances");
    assertThat(balanced(ledger(NOON.minusSeconds(31), null, 0), true)).isEqualTo("silent for 31 s");
    assertThat(balanced(ledger(NOON, "LEDGER_PLACE: lost", 0), true))
        .isEqualTo("it does not go on: CODE: LEDGER_PLACE: lost");
    assertThat(balanced(ledger(NOON, null, 2), true)).isEqualTo("2 open findings");
    assertThat(balanced(new LedgerView(null, null, null, null, 0), true))
        .isEqualTo("it has weighed nothing yet");
  }

  private static String balanced(LedgerView view, boolean running) {
    PredicateState state = states(facts(view, running, EQUAL)).get("ledger-balanced");
    assertThat(state).isInstanceOf(Shut.class);
    return state.value();
  }

  @Test
  void findingsAndDifferencesAreNamedWithTheirTables() {
    Map<String, PredicateState> states =
        states(
            new Known<>(
                new ProofFacts(
                    Optional.of(BALANCED),
                    true,
                    Map.of(
                        Optional.of(A),
                        new OpenFindings(3, 9, HERE),
                        Optional.empty(),
                        new OpenFindings(1, 4, HERE)),
                    Map.of(B, 5L),
                    Optional.of(EQUAL),
                    NOON)));

    assertThat(Objects.requireNonNull(states.get("findings-none")).value())
        .isEqualTo("4 open, of shop.a, the echo");
    assertThat(Objects.requireNonNull(states.get("differences-none")).value())
        .isEqualTo("5 open, of shop.b");
  }

  @Test
  void everyTableMustBeScannedSinceItsLoad() {
    Scanned before = scan(false, NOON, NONE);

    assertThat(scanned(SCAN, null)).isEqualTo("1 of 2 not since their load: shop.b");
    assertThat(scanned(before, before)).isEqualTo("2 of 2 not since their load: shop.a, shop.b");
  }

  private static String scanned(Scanned a, @Nullable Scanned b) {
    PredicateState state =
        Objects.requireNonNull(
            states(facts(BALANCED, true, verdict(Verdict.equal(), a, b))).get("tables-scanned"));
    assertThat(state).isInstanceOf(Shut.class);
    return state.value();
  }

  @Test
  void aScanMayBeAsOldAsConfiguredAndNoOlder() {
    Scanned just = scan(true, NOON.minus(Duration.ofHours(24)), NONE);
    Scanned old = scan(true, NOON.minus(Duration.ofHours(24)).minusSeconds(1), NONE);

    assertThat(fresh(just)).isInstanceOf(Holds.class);
    assertThat(fresh(old))
        .isInstanceOf(Shut.class)
        .satisfies(
            state ->
                assertThat(state.value())
                    .isEqualTo("1 tables longer than 24 h ago, the oldest 24 h: shop.b"));
  }

  private static PredicateState fresh(Scanned b) {
    return Objects.requireNonNull(
        states(facts(BALANCED, true, verdict(Verdict.equal(), SCAN, b))).get("scans-fresh"));
  }

  @Test
  void aVerdictThatIsNotEqualIsShutAndSaysWhich() {
    assertThat(verdict(verdict(new Verdict.Different(7), SCAN, SCAN)))
        .isEqualTo("DIFFERENT: 7 rows, by scan 1");
    assertThat(verdict(verdict(Verdict.unknown(UnknownReason.BEHIND, "It lags."), SCAN, SCAN)))
        .isEqualTo("UNKNOWN (BEHIND): It lags.");
    assertThat(verdict(new WaveVerdict(Verdict.equal(), HERE, "scan 1", List.of(table(A, SCAN)))))
        .as("EQUAL of less than the wave")
        .isEqualTo("UNKNOWN: no load is on record of shop.b");
  }

  @Test
  void whatWasNotComparedIsCounted() {
    Scanned tolerant = scan(true, NOON, List.of(new Exclusion("c", "tolerated", 3)));

    assertThat(
            states(facts(BALANCED, true, verdict(Verdict.equal(), SCAN, tolerant)))
                .get("verdict-equal"))
        .isEqualTo(new Holds("EQUAL at 0/1000, 2 tables, 1 columns excluded or tolerated"));
  }

  private static String verdict(WaveVerdict verdict) {
    PredicateState state = states(facts(BALANCED, true, verdict)).get("verdict-equal");
    assertThat(state).isInstanceOf(Shut.class);
    return state.value();
  }

  private static Fact<ProofFacts> facts(LedgerView ledger, boolean running, WaveVerdict verdict) {
    return new Known<>(
        new ProofFacts(
            Optional.of(ledger), running, Map.of(), Map.of(), Optional.of(verdict), NOON));
  }

  private static LedgerView ledger(Instant saved, @Nullable String failure, long findings) {
    return new LedgerView(
        new LedgerCheckpoint(
            1,
            "echo",
            0,
            1,
            HERE,
            "log",
            new Balanced(0, 5, HERE, 7L, saved),
            LedgerCounts.NONE,
            Map.of()),
        saved,
        failure == null ? null : "CODE",
        failure,
        findings);
  }

  private static Scanned scan(boolean ofThisLoad, Instant at, List<Exclusion> exclusions) {
    return new Scanned(1, Verdict.equal(), 0, ofThisLoad, HERE, HERE, 3L, exclusions, at, NOON);
  }

  private static WaveVerdict verdict(Verdict verdict, Scanned a, @Nullable Scanned b) {
    return new WaveVerdict(verdict, HERE, "scan 1", List.of(table(A, a), table(B, b)));
  }

  private static TableVerdict table(TableId table, @Nullable Scanned scan) {
    return new TableVerdict(table, Verdict.equal(), HERE, "scan 1", scan, null);
  }

  private static Map<String, PredicateState> states(Fact<ProofFacts> facts) {
    Map<String, PredicateState> states = new HashMap<>();
    new ProofPredicates(List.of(A, B), Duration.ofHours(24), Duration.ofSeconds(30))
        .of(facts)
        .forEach(one -> states.put(one.name(), one.state()));
    return states;
  }
}
