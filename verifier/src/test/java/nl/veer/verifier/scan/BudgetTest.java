package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {

  @Test
  void isFullWhenTheTableHasMoreThanEnoughWhicheverChunksTheyAreOf() {
    Budget budget = new Budget(0);

    budget.proven(600);
    assertThat(budget.isFull()).isFalse();
    budget.proven(400);

    assertThat(budget.isFull()).isTrue();
  }

  @Test
  void countsWhatWasProvenBeforeARestart() {
    assertThat(new Budget(1_000).isFull()).isTrue();
  }

  @Test
  void looksAreSpentWhicheverChunksTheyAreOf() {
    Budget budget = new Budget(0, 2);

    assertThat(budget.takeLook()).isTrue();
    assertThat(budget.isSpent()).isFalse();
    assertThat(budget.takeLook()).isTrue();
    assertThat(budget.isSpent()).isTrue();
    assertThat(budget.takeLook()).isFalse();
  }
}
