package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The judge of the soak test, judged. */
class FlatMemoryTest {
  private static final int SAMPLES = 360;

  private final Random dice = new Random(1602);

  @Test
  void acceptsNoiseAndAWarmUp() {
    FlatMemory memory = new FlatMemory("capture");
    for (int i = 0; i < SAMPLES; i++) {
      memory.add(10 * i, 30 + Math.min(i, 80) / 10.0 + 12 * dice.nextDouble(), 250);
    }
    assertThatCode(memory::assertFlat).doesNotThrowAnyException();
  }

  @Test
  void refusesASlowLeakUnderMuchNoise() {
    FlatMemory memory = new FlatMemory("capture");
    for (int i = 0; i < SAMPLES; i++) {
      memory.add(10 * i, 30 + i * 0.04 + 12 * dice.nextDouble(), 250);
    }
    assertThatThrownBy(memory::assertFlat).hasMessageContaining("live heap");
  }

  @Test
  void refusesALeakOutsideOfTheHeap() {
    FlatMemory memory = new FlatMemory("capture");
    for (int i = 0; i < SAMPLES; i++) {
      memory.add(10 * i, 30, 250 + i * 0.2);
    }
    assertThatThrownBy(memory::assertFlat).hasMessageContaining("process");
  }

  @Test
  void refusesToJudgeByFewSamples() {
    FlatMemory memory = new FlatMemory("capture");
    memory.add(0, 30, 250);
    memory.add(10, 30, 250);
    assertThatThrownBy(memory::assertFlat).hasMessageContaining("samples");
  }
}
