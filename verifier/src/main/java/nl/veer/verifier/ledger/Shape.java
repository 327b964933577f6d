package nl.veer.verifier.ledger;

import java.util.Arrays;

/** The names of a row's compared columns, sorted. See {@link Shapes}. Immutable. */
final class Shape {
  private final String[] names;

  /**
   * @param names sorted, handed over
   */
  Shape(String[] names) {
    this.names = names;
  }

  int size() {
    return names.length;
  }

  String name(int index) {
    return names[index];
  }

  /** Index of the column, or less than 0. */
  int indexOf(String name) {
    return Arrays.binarySearch(names, name);
  }
}
