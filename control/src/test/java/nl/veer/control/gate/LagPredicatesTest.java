package nl.veer.control.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.control.gate.Arrival.After;
import nl.veer.control.gate.Arrival.NoneWithin;
import nl.veer.control.gate.Arrival.Off;
import nl.veer.control.gate.Fact.Known;
import nl.veer.control.gate.Fact.NotKnown;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import org.junit.jupiter.api.Test;

/** What a marker's way says. */
class LagPredicatesTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final Duration BOUND = Duration.ofSeconds(2);

  @Test
  void aMarkerInTimeHoldsUpToTheBoundItself() {
    assertThat(states(new After(Duration.ofMillis(12)), new After(BOUND)))
        .containsExactly(new Holds("12 ms for a marker"), new Holds("2,000 ms for a marker"));
  }

  @Test
  void aMarkerThatCameLateIsShut() {
    assertThat(states(new After(Duration.ofMillis(2_001)), new After(Duration.ZERO)).get(0))
        .satisfies(
            state ->
                assertThat(state.value())
                    .isEqualTo("2,001 ms for a marker, and cutover.gate-lag is 2,000 ms"))
        .isInstanceOf(Shut.class);
  }

  @Test
  void aMarkerThatDidNotComeIsNeverZero() {
    List<PredicateState> states =
        states(
            new NoneWithin(Duration.ofSeconds(6), null),
            new NoneWithin(Duration.ofSeconds(6), Duration.ofSeconds(90)));

    assertThat(states)
        .allSatisfy(one -> assertThat(one.value()).isEqualTo("no answer within 6,000 ms"));
    assertThat(((Shut) states.get(0)).projected()).isNull();
    assertThat(((Shut) states.get(1)).projected()).isEqualTo(NOON.plusSeconds(90));
  }

  @Test
  void withoutALedgerNobodyKnowsItsLag() {
    assertThat(states(new After(Duration.ZERO), new Off()).get(1)).isInstanceOf(Shut.class);
  }

  @Test
  void aMarkerThatCouldNotBeSentIsNotKnown() {
    assertThat(LagPredicates.of(new NotKnown<>("the source is away"), BOUND, NOON))
        .hasSize(3)
        .allSatisfy(one -> assertThat(one.state()).isInstanceOf(Unknown.class));
  }

  @Test
  void timeThatIsLeftComesFromHowTheRestBecameSmaller() {
    assertThat(left(1_000, 1_000, 0, 500)).as("half in 10 s").isEqualTo(Duration.ofSeconds(10));
    assertThat(left(1_000, 1_500, 0, 1_000))
        .as("the source went on meanwhile")
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(left(1_000, 1_000, 0, 0)).as("it stands still").isNull();
    assertThat(left(1_000, 3_000, 0, 1_000)).as("it falls behind").isNull();
  }

  private static @org.jspecify.annotations.Nullable Duration left(
      long goal, long end, long first, long last) {
    return MarkerTrip.left(
        new LsnPosition(goal),
        new LsnPosition(end),
        new LsnPosition(first),
        new LsnPosition(last),
        Duration.ofSeconds(10));
  }

  private static List<PredicateState> states(Arrival apply, Arrival ledger) {
    return LagPredicates.of(
            new Known<>(new RoundTrip(new After(Duration.ZERO), apply, ledger)), BOUND, NOON)
        .stream()
        .skip(1)
        .map(Predicate::state)
        .toList();
  }
}
