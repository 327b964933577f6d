package nl.veer.connectors.dialect;

import java.util.BitSet;
import java.util.List;
import nl.veer.connectors.event.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * A row as the target will read it: per column of its {@link TargetTable} the value's database
 * text, null, or nothing at all ({@link RowImage#ABSENT}: leave that column alone). Immutable.
 */
public final class RowText {
  private static final int ARRAY_BYTES = 40;
  private static final int REFERENCE_BYTES = 8;
  private static final int STRING_BYTES = 48;

  private final @Nullable Object[] values;

  /**
   * @param values per column a String, null or {@link RowImage#ABSENT}; handed over, not copied
   */
  public RowText(@Nullable Object[] values) {
    this.values = values;
  }

  public boolean isAbsent(int column) {
    return values[column] == RowImage.ABSENT;
  }

  /** The text, or null for SQL's NULL. Not to be asked for an absent column. */
  public @Nullable String text(int column) {
    return (String) values[column];
  }

  /** Whether every column has a value. */
  public boolean isWhole() {
    for (Object value : values) {
      if (value == RowImage.ABSENT) {
        return false;
      }
    }
    return true;
  }

  /** The columns that have a value (or NULL). */
  public BitSet present() {
    BitSet present = new BitSet(values.length);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != RowImage.ABSENT) {
        present.set(i);
      }
    }
    return present;
  }

  /**
   * This row where it has values, and the other's values where it has none. An older NULL fills
   * nothing: a value that the log left out as unchanged is never NULL, so that a NULL there only
   * says that the older image did not hold the column.
   */
  public RowText over(@Nullable RowText older) {
    if (older == null || isWhole()) {
      return this;
    }
    @Nullable Object[] merged = values.clone();
    for (int i = 0; i < merged.length; i++) {
      if (merged[i] == RowImage.ABSENT && older.values[i] instanceof String known) {
        merged[i] = known;
      }
    }
    return new RowText(merged);
  }

  /** Whether a value is missing that a key must have: absent or NULL. */
  public boolean lacksKey(List<Integer> columns) {
    for (int column : columns) {
      if (values[column] == null || values[column] == RowImage.ABSENT) {
        return true;
      }
    }
    return false;
  }

  /** The values of the key's columns, none of which may be absent or NULL. */
  public KeyText key(List<Integer> columns) {
    String[] key = new String[columns.size()];
    for (int i = 0; i < key.length; i++) {
      Object value = values[columns.get(i)];
      if (!(value instanceof String text)) {
        throw new IllegalArgumentException("A key's column has no value");
      }
      key[i] = text;
    }
    return new KeyText(key);
  }

  /** About how many characters it has, for bounds on memory. */
  public long size() {
    long size = 0;
    for (Object value : values) {
      size += value instanceof String text ? text.length() : 1;
    }
    return size;
  }

  /** About how many bytes of memory it takes, for bounds on it. */
  public long weight() {
    long weight = ARRAY_BYTES + (long) values.length * REFERENCE_BYTES;
    for (Object value : values) {
      weight += value instanceof String text ? STRING_BYTES + 2L * text.length() : 0;
    }
    return weight;
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return "RowText of " + values.length + " columns";
  }
}
