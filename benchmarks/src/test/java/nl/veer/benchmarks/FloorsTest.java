package nl.veer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Standings;
import nl.veer.benchmarks.contest.Trial;
import org.junit.jupiter.api.Test;

class FloorsTest {
  private static final Floors FLOORS =
      new Floors(List.of(new Floors.Reached("scan, narrow", "veer", "other", 0.8)));

  @Test
  void aRatioThatFellBelowHalfIsLost() {
    assertThat(FLOORS.lost(List.of(standings("scan, narrow", 39))))
        .containsExactly(
            "scan, narrow: veer is 0.39 of other, less than half of the 0.80 that it was");
  }

  @Test
  void noiseLosesNothing() {
    assertThat(FLOORS.lost(List.of(standings("scan, narrow", 41)))).isEmpty();
  }

  @Test
  void otherContestsHaveTheirOwn() {
    assertThat(FLOORS.lost(List.of(standings("scan, wide", 1)))).isEmpty();
  }

  @Test
  void everyShippedFloorIsOneThatCanBeReached() {
    assertThat(Floors.shipped().reached())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.ratio()).isBetween(0.05, 100.0));
  }

  private static Standings standings(String contest, double rate) {
    Map<String, List<Trial>> trials = new LinkedHashMap<>();
    trials.put("veer", List.of(new Trial(1, 1, Map.of(Figure.ROWS, rate), List.of())));
    trials.put("other", List.of(new Trial(1, 1, Map.of(Figure.ROWS, 100.0), List.of())));
    return new Standings(contest, trials, List.of("veer"));
  }
}
