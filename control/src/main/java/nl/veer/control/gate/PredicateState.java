package nl.veer.control.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a predicate of the gate stands. Only {@link Holds} and {@link Waived} let a cutover pass.
 * Each has its live value, in words for people, never with a row's values.
 */
public sealed interface PredicateState {

  /** It is as it must be. */
  record Holds(String value) implements PredicateState {}

  /**
   * It was looked at, and it is not as it must be.
   *
   * @param remedy what mends it
   * @param projected when it will hold if all goes on as it does; null if that cannot be said
   */
  record Shut(String value, String remedy, @Nullable Instant projected) implements PredicateState {}

  /**
   * It could not be looked at. That is never taken for well, and cannot be waived: nobody knows
   * what would be waived.
   *
   * @param value why not
   * @param remedy what lets it be looked at
   */
  record Unknown(String value, String remedy) implements PredicateState {}

  /**
   * It is shut, and somebody has decided to go on all the same.
   *
   * @param by who
   */
  record Waived(String value, String reason, String by) implements PredicateState {}

  /** The live value. */
  String value();

  /** Whether a cutover may pass. */
  default boolean passes() {
    return this instanceof Holds || this instanceof Waived;
  }

  /** HOLDS, SHUT, UNKNOWN or WAIVED. */
  default String word() {
    if (this instanceof Holds) {
      return "HOLDS";
    }
    if (this instanceof Waived) {
      return "WAIVED";
    }
    return this instanceof Shut ? "SHUT" : "UNKNOWN";
  }
}
