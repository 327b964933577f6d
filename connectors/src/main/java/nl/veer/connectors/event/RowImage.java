package nl.veer.connectors.event;

import org.jspecify.annotations.Nullable;

/**
 * One state of a row: a value per column of its type, as {@link ColumnEncoding} says. Immutable
 * once made; the array is handed over, not copied, because millions of these are made a minute.
 */
public final class RowImage {

  /** Stands for a value that the source's log does not hold: a TOASTed column left unchanged. */
  public static final Object ABSENT =
      new Object() {
        @Override
        public String toString() {
          return "absent";
        }
      };

  private final RowType type;
  private final @Nullable Object[] values;

  /**
   * @param values one per column of the type, owned by this image from now on
   */
  public RowImage(RowType type, @Nullable Object[] values) {
    if (values.length != type.columns().size()) {
      throw new IllegalArgumentException(
          "A row of " + type.columns().size() + " columns cannot have " + values.length);
    }
    this.type = type;
    this.values = values;
  }

  public RowType type() {
    return type;
  }

  public @Nullable Object value(int column) {
    return values[column];
  }

  public boolean isAbsent(int column) {
    return values[column] == ABSENT;
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return "RowImage of " + type.columns().size() + " columns";
  }
}
