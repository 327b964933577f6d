package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogWriter;
import org.junit.jupiter.api.Test;

class FencedOffTest {
  private static final Failure FENCE =
      new Failure(FailureKind.CONFLICT, LogWriter.FENCED, "Fenced.");
  private static final Failure HELD =
      new Failure(FailureKind.TRANSIENT, FencedOff.SLOT_IN_USE, "Held.");

  private final FencedOff fencedOff = new FencedOff(new WaveId("it", "w"));
  private final AtomicLong log = new AtomicLong(7);
  private final StopSignal stop = new StopSignal();

  private void look(Runnable slot) {
    fencedOff.requireFreeSlot(slot, log::getAndIncrement, stop);
  }

  private static void held() {
    throw HELD;
  }

  @Test
  void aFenceAloneIsNoConflictHoweverOftenItComes() {
    for (int fences = 0; fences < 3; fences++) {
      assertThatCode(() -> look(() -> {})).doesNotThrowAnyException();
      assertThatThrownBy(
              () -> {
                throw fencedOff.by(FENCE);
              })
          .isInstanceOfSatisfying(Failure.class, failure -> isOf(failure, FailureKind.TRANSIENT));
    }
    assertThatCode(() -> look(() -> {})).doesNotThrowAnyException();
  }

  @Test
  void anotherThatHoldsTheSlotWhileTheLogGrowsIsOneForAFencedCapture() {
    fencedOff.by(FENCE);
    assertThatThrownBy(() -> look(FencedOffTest::held))
        .isInstanceOfSatisfying(Failure.class, failure -> isOf(failure, FailureKind.CONFLICT));
  }

  @Test
  void aCaptureThatWasNotFencedOrWritesAgainWaitsForTheSlot() {
    assertThatThrownBy(() -> look(FencedOffTest::held)).isSameAs(HELD);
    fencedOff.by(FENCE);
    fencedOff.mended();
    assertThatThrownBy(() -> look(FencedOffTest::held)).isSameAs(HELD);
  }

  private static void isOf(Failure failure, FailureKind kind) {
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).isEqualTo(LogWriter.FENCED);
  }
}
