package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;

class OutageBudgetTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
  private final OutageBudget budget = new OutageBudget(Duration.ofSeconds(10), clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void nothingIsSpentBeforeWritesAreRefused() {
    pass(Duration.ofHours(1));

    assertThat(budget.spent()).isZero();
    assertThat(budget.left()).hasSeconds(10);
    assertThat(budget.isOut()).isFalse();
  }

  @Test
  void itRunsOutAlsoAcrossTheClocksOwnEnd() {
    budget.begin();
    pass(Duration.ofMillis(9_999));
    assertThatCode(() -> budget.require("the marker")).doesNotThrowAnyException();
    assertThat(budget.left()).hasMillis(1);

    pass(Duration.ofMillis(1));

    assertThat(budget.isOut()).isTrue();
    assertThatThrownBy(() -> budget.require("the marker"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
              assertThat(failure.code()).isEqualTo("OUTAGE_BUDGET");
              assertThat(failure)
                  .hasMessageContaining("10000 ms")
                  .hasMessageContaining("the marker");
            });
  }

  @Test
  void aSecondBeginningChangesNothing() {
    budget.begin();
    pass(Duration.ofSeconds(4));
    budget.begin();

    assertThat(budget.spent()).hasSeconds(4);
  }

  @Test
  void aPartIsNeverLongerThanWhatIsLeft() {
    budget.begin();
    pass(Duration.ofSeconds(8));

    OutageBudget part = budget.within(Duration.ofSeconds(5));
    part.begin();

    assertThat(part.left()).hasSeconds(2);
    assertThat(budget.within(Duration.ofMillis(5)).left()).hasMillis(5);
  }
}
