package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import nl.veer.connectors.dialect.postgres.Sequence.Definition;
import org.junit.jupiter.api.Test;

class SequencePlannerTest {
  private static final int CASES = 20_000;

  @Test
  void beginsTheMarginBehindTheLastValue() {
    assertThat(target(ascending(1, 100), 10, true, 5)).isEqualTo(at(16));
    assertThat(target(ascending(1, 100), 10, false, 5)).isEqualTo(at(15));
    assertThat(target(ascending(1, 100), 10, true, 0)).isEqualTo(at(11));
    assertThat(target(descending(-100, -1), -10, true, 5)).isEqualTo(at(-16));
  }

  @Test
  void leavesHalfOfWhatIsLeftWhenTheMarginDoesNotFit() {
    assertThat(target(ascending(1, 100), 90, true, 1000)).isEqualTo(at(95));
    assertThat(target(ascending(1, 100), 99, true, 1000)).isEqualTo(at(100));
    assertThat(target(ascending(1, 100), 100, false, 1000)).isEqualTo(at(100));
    assertThat(plan(sequence(ascending(1, 100), 90, true), 1000).remarks())
        .singleElement()
        .asString()
        .contains("10 values left");
  }

  @Test
  void hasNoEndToRunOverAtTheEdgesOfABigint() {
    Definition up = ascending(Long.MIN_VALUE, Long.MAX_VALUE);
    Definition down = descending(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(target(up, Long.MAX_VALUE, false, Long.MAX_VALUE)).isEqualTo(at(Long.MAX_VALUE));
    assertThat(target(up, Long.MIN_VALUE, false, Long.MAX_VALUE)).isEqualTo(at(-1));
    assertThat(target(down, Long.MIN_VALUE, false, 1)).isEqualTo(at(Long.MIN_VALUE));
    assertThat(target(down, Long.MAX_VALUE, false, Long.MAX_VALUE)).isEqualTo(at(0));
    assertThat(target(up, Long.MAX_VALUE, true, 3))
        .isEqualTo(new SequenceTarget("s", "q", Long.MAX_VALUE, true));
    Definition leaps =
        new Definition("bigint", 0, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, true, 1);
    assertThat(target(leaps, Long.MAX_VALUE, false, 1)).isEqualTo(at(-1));
    assertThat(target(leaps, Long.MAX_VALUE, false, 2)).isEqualTo(at(Long.MAX_VALUE));
  }

  @Test
  void reportsWhatIsMissingOrCountsOtherwise() {
    Sequence sequence = sequence(ascending(1, 100), 10, true);

    assertThat(SequencePlanner.plan(List.of(sequence), List.of(), 5).problems()).hasSize(1);
    for (Definition other :
        List.of(
            ascending(2, 100),
            ascending(1, 101),
            descending(1, 100),
            new Definition("integer", 1, 1, 100, 1, false, 1),
            new Definition("bigint", 1, 1, 100, 2, false, 1),
            new Definition("bigint", 1, 1, 100, 1, true, 1))) {
      SequencePlan plan =
          SequencePlanner.plan(List.of(sequence), List.of(sequence(other, 10, true)), 5);
      assertThat(plan.problems()).hasSize(1);
      assertThat(plan.targets()).isEmpty();
    }
    Sequence cached = sequence(new Definition("bigint", 9, 1, 100, 1, false, 20), 10, true);
    assertThat(SequencePlanner.plan(List.of(sequence), List.of(cached), 5).problems()).isEmpty();
  }

  @Test
  void saysWhichHasComeToItsEnd() {
    assertThat(plan(sequence(ascending(1, 100), 100, true), 5).remarks())
        .singleElement()
        .asString()
        .contains("come to its end");
    SequencePlan plan =
        SequencePlanner.plan(
            List.of(sequence(ascending(1, 100), 10, true)),
            List.of(sequence(ascending(1, 100), 100, true)),
            5);
    assertThat(plan.targets()).isEmpty();
    assertThat(plan.remarks()).singleElement().asString().contains("come to its end on the other");
  }

  /** Against the definition: draw one value after the other. */
  @Test
  void landsWhereDrawingTheMarginWouldLand() {
    long seed = Long.getLong("veer.seed", 20_260);
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Sequence sequence = any(random);
      int margin = random.nextInt(12);
      Optional<Long> expected = drawn(sequence, margin + 1);
      SequenceTarget target = SequencePlanner.target(sequence, margin);
      if (expected.isPresent()) {
        assertThat(target)
            .as("case %d of seed %d: %s, margin %d", i, seed, sequence, margin)
            .isEqualTo(at(expected.get()));
      } else if (drawn(sequence, 1).isPresent()) {
        long next = drawn(sequence, 1).get();
        assertThat(isBetween(next, target.value(), sequence)).isTrue();
        assertThat(target.called()).isFalse();
      } else {
        assertThat(target.called()).isTrue();
      }
    }
  }

  /** Whatever it is set to, the next value there was not given out here, nor was it there. */
  @Test
  void neverGoesBackUnlessItCycles() {
    long seed = Long.getLong("veer.seed", 20_261);
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Sequence active = any(random);
      Sequence passive = at(active, random);
      SequencePlan plan =
          SequencePlanner.plan(List.of(active), List.of(passive), random.nextInt(12));
      if (active.definition().cycle()) {
        assertThat(plan.targets()).hasSize(1);
        continue;
      }
      Sequence after =
          plan.targets().stream()
              .findFirst()
              .map(target -> sequence(active.definition(), target.value(), target.called()))
              .orElse(passive);
      Optional<Long> next = drawn(after, 1);
      for (Sequence before : List.of(active, passive)) {
        if (next.isPresent()) {
          assertThat(drawn(before, 1)).as("case %d of seed %d", i, seed).isPresent();
          assertThat(isBetween(drawn(before, 1).get(), next.get(), active))
              .as("case %d of seed %d: %s after %s", i, seed, after, before)
              .isTrue();
        }
      }
    }
  }

  private static boolean isBetween(long from, long to, Sequence sequence) {
    Definition definition = sequence.definition();
    return definition.increment() > 0
        ? from <= to && to <= definition.max()
        : from >= to && to >= definition.min();
  }

  /** The last of so many values, as the server draws them; empty if it comes to its end. */
  private static Optional<Long> drawn(Sequence sequence, int times) {
    Definition definition = sequence.definition();
    long value = sequence.lastValue();
    for (int i = 0; i < times; i++) {
      if (i > 0 || sequence.called()) {
        value += definition.increment();
        if (value > definition.max() || value < definition.min()) {
          if (!definition.cycle()) {
            return Optional.empty();
          }
          value = definition.increment() > 0 ? definition.min() : definition.max();
        }
      }
    }
    return Optional.of(value);
  }

  private static Sequence any(Random random) {
    long min = random.nextInt(20) - 10;
    long max = min + 1 + random.nextInt(30);
    long increment = (1 + random.nextInt(7)) * (random.nextBoolean() ? 1 : -1);
    boolean cycle = random.nextInt(3) == 0;
    Definition definition = new Definition("bigint", min, min, max, increment, cycle, 1);
    return at(sequence(definition, min, false), random);
  }

  private static Sequence at(Sequence sequence, Random random) {
    Definition definition = sequence.definition();
    long value = definition.min() + random.nextInt((int) (definition.max() - definition.min()) + 1);
    return sequence(definition, value, random.nextBoolean());
  }

  private static SequenceTarget target(
      Definition definition, long last, boolean called, long margin) {
    return SequencePlanner.target(sequence(definition, last, called), margin);
  }

  private static SequencePlan plan(Sequence sequence, long margin) {
    return SequencePlanner.plan(List.of(sequence), List.of(sequence), margin);
  }

  private static Sequence sequence(Definition definition, long last, boolean called) {
    return new Sequence("s", "q", definition, last, called, null, null);
  }

  private static SequenceTarget at(long value) {
    return new SequenceTarget("s", "q", value, false);
  }

  private static Definition ascending(long min, long max) {
    return new Definition("bigint", min, min, max, 1, false, 1);
  }

  private static Definition descending(long min, long max) {
    return new Definition("bigint", max, min, max, -1, false, 1);
  }
}
