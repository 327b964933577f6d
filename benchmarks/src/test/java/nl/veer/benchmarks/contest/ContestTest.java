package nl.veer.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContestTest {
  private static final Figure DELAY = new Figure("delay, ms", 0);

  private final List<String> turns = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  /** Has a delay for each of its turns. */
  private class Made implements Contender {
    private final String name;
    private final Peer peer;
    private final Iterator<Double> delays;

    Made(String name, Peer peer, Double... delays) {
      this.name = name;
      this.peer = peer;
      this.delays = List.of(delays).iterator();
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Peer peer() {
      return peer;
    }

    @Override
    public Optional<String> absent() {
      return delays.hasNext() ? Optional.empty() : Optional.of("It is not installed.");
    }

    @Override
    public void run(Lap lap) {
      turns.add(name);
      lap.begin();
      lap.end(1_000);
      lap.figure(DELAY, delays.next());
    }
  }

  private Contest contest(Contender... contenders) {
    return new Contest("made", List.of(), List.of(contenders), 1, 3);
  }

  @Test
  void takesTurnsAndDoesNotCountTheFirst() throws Exception {
    Standings standings =
        contest(
                new Made("veer", Peer.VEER, 99.0, 10.0, 30.0, 20.0),
                new Made("other", Peer.SQL, 1.0, 20.0, 40.0, 10.0))
            .run(told::add);

    assertThat(turns)
        .containsExactly("veer", "other", "veer", "other", "veer", "other", "veer", "other");
    assertThat(standings.of("veer", DELAY)).isEqualTo(new Spread(20, 10, 30));
    assertThat(told).hasSize(8).last().asString().isEqualTo("made: other, round 3 of 3");
  }

  @Test
  void comparesRoundByRound() throws Exception {
    Standings standings =
        contest(
                new Made("veer", Peer.VEER, 99.0, 10.0, 30.0, 20.0),
                new Made("other", Peer.SQL, 1.0, 20.0, 40.0, 10.0))
            .run(told::add);

    assertThat(standings.ratios())
        .filteredOn(ratio -> ratio.figure().equals(DELAY))
        .containsExactly(new Standings.Ratio("veer", "other", DELAY, new Spread(0.75, 0.5, 2.0)));
  }

  @Test
  void whoIsAbsentIsNamedWithTheReason() throws Exception {
    Standings standings =
        contest(new Made("veer", Peer.VEER, 1.0, 1.0, 1.0, 1.0), new Made("other", Peer.SQL))
            .run(told::add);

    assertThat(standings.contenders()).containsExactly("veer");
    assertThat(told).contains("made: without other: It is not installed.");
  }

  @Test
  void canBeHeldAgainstSomePeersAlone() throws Exception {
    Standings standings =
        contest(
                new Made("veer", Peer.VEER, 1.0, 1.0, 1.0, 1.0),
                new Made("other", Peer.SQL, 1.0, 1.0, 1.0, 1.0))
            .against(Set.of(Peer.CONNECT))
            .run(told::add);

    assertThat(standings.contenders()).containsExactly("veer");
  }

  @Test
  void whoDoesNotEndItsTurnIsNoContender() {
    Contender idle =
        new Made("veer", Peer.VEER, 1.0) {
          @Override
          public void run(Lap lap) {
            lap.begin();
          }
        };

    assertThatThrownBy(() -> contest(idle).run(told::add)).hasMessageContaining("did not end");
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwo() {
    assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4));
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
