package nl.veer.verifier.ledger;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of a row's values: a digest per column of a {@link Shape}, or none. Immutable. */
final class Columns {
  static final byte KNOWN = 0;

  /** No event of the batch has carried it. */
  static final byte ABSENT = 1;

  /** An event may have carried it, of which memory holds no more. */
  static final byte FORGOTTEN = 2;

  private static final int WEIGHT = 64;

  private final Shape shape;
  private final long[] digests;
  private final byte @Nullable [] marks;

  /**
   * @param digests two per column, handed over
   * @param marks one per column; null if every value is known
   */
  Columns(Shape shape, long[] digests, byte @Nullable [] marks) {
    this.shape = shape;
    this.digests = digests;
    this.marks = marks;
  }

  Shape shape() {
    return shape;
  }

  long[] digests() {
    return digests;
  }

  byte @Nullable [] marks() {
    return marks;
  }

  byte mark(int column) {
    return marks == null ? KNOWN : marks[column];
  }

  boolean hasAbsent() {
    if (marks != null) {
      for (byte mark : marks) {
        if (mark == ABSENT) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether both values are known and have the same digest. */
  boolean same(int column, Columns other, int otherColumn) {
    return digests[2 * column] == other.digests[2 * otherColumn]
        && digests[2 * column + 1] == other.digests[2 * otherColumn + 1];
  }

  /** Whether both are of one shape, and all values are known and have the same digests. */
  boolean same(Columns other) {
    return shape == other.shape
        && marks == null
        && other.marks == null
        && Arrays.equals(digests, other.digests);
  }

  /** These values, and the older ones where these are absent. */
  Columns over(@Nullable Columns older) {
    if (older == null || marks == null || !hasAbsent()) {
      return this;
    }
    long[] filled = digests.clone();
    byte[] left = marks.clone();
    for (int i = 0; i < left.length; i++) {
      int from = shape == older.shape ? i : older.shape.indexOf(shape.name(i));
      if (left[i] == ABSENT && from >= 0) {
        left[i] = older.mark(from);
        filled[2 * i] = older.digests[2 * from];
        filled[2 * i + 1] = older.digests[2 * from + 1];
      }
    }
    return new Columns(shape, filled, left);
  }

  /** The same, with no claim that what is absent was in no event. */
  Columns forgetting() {
    if (marks == null || !hasAbsent()) {
      return this;
    }
    byte[] changed = marks.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = changed[i] == ABSENT ? FORGOTTEN : changed[i];
    }
    return new Columns(shape, digests, changed);
  }

  long weight() {
    return WEIGHT + (long) digests.length * Long.BYTES + (marks == null ? 0 : marks.length);
  }
}
