package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.changed.Changed;
import nl.veer.verifier.scan.postgres.KeyRange;
import org.junit.jupiter.api.Test;

class ProofPlanTest {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  /** Too many to be compared. */
  private static final long MANY = 5_000_000;

  private static ProofPlan changed(long all, long rows) {
    return ProofPlan.of(OptionalLong.of(all), BUDGET)
        .with(
            new Changed(
                Map.of(new TableId("shop", "orders"), List.of(KeyRange.ALL)),
                3,
                250,
                rows,
                LsnPosition.parse("0/100")));
  }

  @Test
  void everythingIsComparedIfThatTakesHalfOfTheBudgetAtMost() {
    assertThat(ProofPlan.of(OptionalLong.of(1_000_000), BUDGET).whole()).isTrue();
    assertThat(ProofPlan.of(OptionalLong.of(1_001_000), BUDGET).whole()).isFalse();
  }

  @Test
  void theEstimateIsWhatTheScanTakes() {
    assertThat(ProofPlan.of(OptionalLong.of(3_000_000), BUDGET).estimate()).hasSeconds(15);
  }

  @Test
  void withoutStatisticsItIsTriedAndTheBudgetDecides() {
    assertThat(ProofPlan.of(OptionalLong.empty(), BUDGET).whole()).isTrue();
  }

  @Test
  void whatDoesNotFitAsAWholeFitsIfWhatHasChangedDoes() {
    assertThat(changed(MANY, 1_000_000).fits()).isTrue();
    assertThat(changed(MANY, 1_001_000).fits()).isFalse();
    assertThat(ProofPlan.of(OptionalLong.of(MANY), BUDGET).fits()).isFalse();
  }

  @Test
  void rowsAreCountedIfThatFitsBesideTheComparison() {
    assertThat(changed(MANY, 500_000).counted()).isTrue();
    assertThat(changed(MANY, 501_000).counted()).isFalse();
    assertThat(changed(MANY * 2, 0).counted()).isTrue();
    assertThat(changed(MANY * 2 + 2_000, 0).counted()).isFalse();
  }

  @Test
  void itSaysWhatIsComparedAndWhatIsNot() {
    assertThat(changed(MANY, 400_000).said())
        .isEqualTo(
            "every row, about 5,000,000, takes about 25 s: TOO LONG for the outage; what has changed"
                + " since the tables were scanned, about 400,000 rows in 1 of 250 parts, is compared:"
                + " about 2 s; the rows of all tables are counted: about 2 s");
    assertThat(changed(MANY, 900_000).said()).endsWith("the rows of all tables are not counted");
    assertThat(changed(MANY, 4_000_000).said()).endsWith("takes about 20 s: TOO LONG as well");
  }
}
