package nl.veer.connectors.dialect.postgres;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the passive side's sequences are set to, so that none of them gives out a value that
 * the active side has given out. Pure; whole numbers of any size, so nothing runs over.
 *
 * <p>The margin is for values that are drawn on the active side after it was read: no fence refuses
 * {@code nextval}. Cached blocks need none, see {@link Sequence}. A sequence is never moved back
 * against its own direction: after a way there and back, the side that was left the first time may
 * be further than the other. One that cycles has no such direction, and is set always.
 */
public final class SequencePlanner {
  private SequencePlanner() {}

  /**
   * @param active of the side that is left, read behind the fence
   * @param passive of the other side
   * @param margin steps to leave out, at least 0
   */
  public static SequencePlan plan(
      Collection<Sequence> active, Collection<Sequence> passive, long margin) {
    Map<String, Sequence> counterparts =
        passive.stream().collect(Collectors.toMap(Sequence::quoted, Function.identity()));
    List<SequenceTarget> targets = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Sequence sequence : active) {
      Sequence counterpart = counterparts.get(sequence.quoted());
      Optional<String> problem = problem(sequence, counterpart);
      if (problem.isPresent() || counterpart == null) {
        problem.ifPresent(problems::add);
      } else {
        SequenceTarget target = target(sequence, margin);
        if (sequence.definition().cycle() || isFurther(sequence, target, counterpart)) {
          targets.add(target);
        }
        remark(sequence, counterpart, margin).ifPresent(remarks::add);
      }
    }
    return new SequencePlan(targets, problems, remarks);
  }

  private static Optional<String> problem(Sequence sequence, @Nullable Sequence counterpart) {
    if (counterpart == null) {
      return Optional.of("Sequence %s does not exist on the other side.".formatted(sequence));
    }
    return sequence.definition().counts(counterpart.definition())
        ? Optional.empty()
        : Optional.of(
            "Sequence %s counts otherwise on the other side: %s here, %s there."
                .formatted(
                    sequence, sequence.definition().told(), counterpart.definition().told()));
  }

  /** What the counterpart of this one is set to, wherever it stands. */
  static SequenceTarget target(Sequence sequence, long margin) {
    return sequence
        .next()
        .map(next -> target(sequence, next, margin))
        // It has come to its end, and so has the other one.
        .orElseGet(
            () ->
                new SequenceTarget(sequence.schema(), sequence.name(), sequence.lastValue(), true));
  }

  private static SequenceTarget target(Sequence sequence, BigInteger next, long margin) {
    BigInteger room = room(sequence.definition(), next);
    BigInteger wanted = BigInteger.valueOf(margin);
    BigInteger increment = BigInteger.valueOf(sequence.definition().increment());
    BigInteger value;
    if (wanted.compareTo(room) <= 0) {
      value = next.add(increment.multiply(wanted));
    } else if (sequence.definition().cycle()) {
      BigInteger turn = BigInteger.valueOf(sequence.turn());
      BigInteger round = room(sequence.definition(), turn).add(BigInteger.ONE);
      BigInteger beyond = wanted.subtract(room).subtract(BigInteger.ONE).mod(round);
      value = turn.add(increment.multiply(beyond));
    } else {
      value = next.add(increment.multiply(room.shiftRight(1)));
    }
    return new SequenceTarget(sequence.schema(), sequence.name(), value.longValueExact(), false);
  }

  /** How many more steps there are after this value, before the end. */
  private static BigInteger room(Sequence.Definition definition, BigInteger value) {
    BigInteger end =
        BigInteger.valueOf(definition.increment() > 0 ? definition.max() : definition.min());
    return end.subtract(value).divide(BigInteger.valueOf(definition.increment()));
  }

  /**
   * With too little room left, half of it is left out: the other half is what the applications can
   * still draw.
   */
  private static Optional<String> remark(Sequence sequence, Sequence counterpart, long margin) {
    if (sequence.definition().cycle()) {
      return Optional.empty();
    }
    Optional<BigInteger> room = sequence.next().map(next -> room(sequence.definition(), next));
    if (room.isEmpty()) {
      return Optional.of("Sequence %s has come to its end, here and there.".formatted(sequence));
    }
    if (counterpart.next().isEmpty()) {
      return Optional.of(
          "Sequence %s has come to its end on the other side, and is left there."
              .formatted(sequence));
    }
    return BigInteger.valueOf(margin).compareTo(room.get()) <= 0
        ? Optional.empty()
        : Optional.of(
            "Sequence %s has %s values left, fewer than the margin of %d: half of them are left out."
                .formatted(sequence, room.get().add(BigInteger.ONE), margin));
  }

  private static boolean isFurther(Sequence sequence, SequenceTarget target, Sequence counterpart) {
    if (target.called()) {
      return counterpart.next().isPresent();
    }
    BigInteger distance =
        counterpart
            .next()
            .map(next -> BigInteger.valueOf(target.value()).subtract(next))
            .orElse(BigInteger.ZERO);
    return distance.signum() == Long.signum(sequence.definition().increment());
  }
}
