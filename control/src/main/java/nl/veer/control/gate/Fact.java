package nl.veer.control.gate;

import java.util.function.Function;
import nl.veer.control.gate.PredicateState.Unknown;

/** Something that was to be read: it was, or it is not known, which is never taken for well. */
sealed interface Fact<T> {

  /** It was read. */
  record Known<T>(T value) implements Fact<T> {}

  /**
   * It could not be read.
   *
   * @param why for people; never a row's values
   */
  record NotKnown<T>(String why) implements Fact<T> {}

  /** What it means for a predicate. */
  default PredicateState judged(Function<T, PredicateState> judgement) {
    if (this instanceof Known<T> known) {
      return judgement.apply(known.value());
    }
    return new Unknown(
        ((NotKnown<T>) this).why(), "Mend what the message names, then ask again: veer gate");
  }
}
