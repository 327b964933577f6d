package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProofPlanTest {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  @Test
  void everythingIsComparedIfThatTakesHalfOfTheBudgetAtMost() {
    assertThat(ProofPlan.of(OptionalLong.of(1_000_000), BUDGET).whole()).isTrue();
    assertThat(ProofPlan.of(OptionalLong.of(1_000_001), BUDGET).whole()).isFalse();
  }

  @Test
  void theEstimateIsWhatTheScanTakes() {
    assertThat(ProofPlan.of(OptionalLong.of(3_000_000), BUDGET).estimate()).hasSeconds(15);
  }

  @Test
  void withoutStatisticsItIsTriedAndTheBudgetDecides() {
    assertThat(ProofPlan.of(OptionalLong.empty(), BUDGET).whole()).isTrue();
  }
}
