package nl.veer.connectors.event;

/**
 * A place in the source's commit order. Positions of one source compare; what they are made of is
 * the dialect's business. The text form is what headers, stamps and people see.
 */
public sealed interface Position extends Comparable<Position> permits LsnPosition {

  String text();

  /**
   * @throws IllegalArgumentException if the text is not of any dialect's form
   */
  static Position parse(String text) {
    return LsnPosition.parse(text);
  }

  default boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }
}
