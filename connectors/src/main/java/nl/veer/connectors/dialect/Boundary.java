package nl.veer.connectors.dialect;

import nl.veer.connectors.event.Position;

/** Which of the source's transactions a table's load already includes. Immutable. */
public interface Boundary {

  /** A position that every included transaction's end is at or before. */
  Position position();

  /**
   * Whether the load includes this transaction. Only asked while no transaction that ends after
   * {@link #position} was seen in the log.
   *
   * @param sourceTransaction as in the transaction's BEGIN
   */
  boolean includes(String sourceTransaction);

  /**
   * Whether {@link #includes} can tell for every transaction of a log that began at about this
   * {@link LoadDialect#horizon}. Ids that wrap around cannot be told apart over too long a time.
   */
  boolean reaches(String horizon);

  /** The form in which it is recorded, without the position. */
  String text();
}
