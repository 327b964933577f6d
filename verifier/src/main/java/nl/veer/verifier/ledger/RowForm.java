package nl.veer.verifier.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowType;
import nl.veer.verifier.value.CanonicalBytes;
import nl.veer.verifier.value.EventValues;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/**
 * How rows of one row type become digests: which columns are compared, in the order of their names,
 * and where they stand in an event. Made once per row type. Owned by one thread.
 */
final class RowForm {
  private final Shape shape;
  private final Compared[] compared;
  private final List<Tolerance> leftOut;
  private final int[] key;

  /** One column that is compared. */
  private record Compared(
      String name, int index, ColumnEncoding encoding, Tolerance.@Nullable Rounded rounded) {}

  /** Makes a digest of the one value in the buffer. */
  @FunctionalInterface
  interface ColumnDigest {
    void digest(CanonicalBytes value, long[] into, int index);
  }

  private RowForm(Shape shape, List<Compared> compared, List<Tolerance> leftOut, int[] key) {
    this.shape = shape;
    this.compared = compared.toArray(Compared[]::new);
    this.leftOut = leftOut;
    this.key = key;
  }

  static RowForm of(LedgerTable table, RowType type, Tolerances tolerances, Shapes shapes) {
    Set<String> computed = table.computed();
    List<Compared> compared = new ArrayList<>();
    List<Tolerance> leftOut = new ArrayList<>();
    for (int i = 0; i < type.columns().size(); i++) {
      RowType.Column column = type.columns().get(i);
      String name = column.name();
      Tolerance tolerance = tolerances.of(table.id(), name).orElse(null);
      if (tolerance instanceof Tolerance.LeftOut) {
        leftOut.add(tolerance);
      } else if (!computed.contains(name)) {
        compared.add(
            new Compared(
                name,
                i,
                column.encoding(),
                tolerance instanceof Tolerance.Rounded rounded ? rounded : null));
      }
    }
    compared.sort(Comparator.comparing(Compared::name));
    return new RowForm(
        shapes.of(compared.stream().map(Compared::name).toList()),
        compared,
        leftOut,
        table.key().stream().mapToInt(type::indexOf).toArray());
  }

  /** Where the columns of the table's key stand in an event; less than 0 for one that is not. */
  int[] key() {
    return key;
  }

  /**
   * The digests of a row.
   *
   * @param touched told of each tolerance that made a difference to the row's form
   */
  Columns columns(
      RowImage row, ColumnDigest digest, CanonicalBytes buffer, Consumer<Tolerance> touched) {
    long[] digests = new long[2 * compared.length];
    byte[] marks = null;
    for (int i = 0; i < compared.length; i++) {
      Compared column = compared[i];
      if (row.isAbsent(column.index)) {
        marks = marks == null ? new byte[compared.length] : marks;
        marks[i] = Columns.ABSENT;
      } else {
        buffer.clear();
        write(column, row.value(column.index), buffer, touched);
        digest.digest(buffer, digests, 2 * i);
      }
    }
    leftOut.forEach(touched);
    return new Columns(shape, digests, marks);
  }

  private static void write(
      Compared column, @Nullable Object value, CanonicalBytes buffer, Consumer<Tolerance> touched) {
    Tolerance.Rounded rounded = column.rounded;
    if (rounded == null) {
      EventValues.write(column.encoding, value, buffer);
    } else if (EventValues.writeRounded(column.encoding, value, rounded.decimals(), buffer)) {
      touched.accept(rounded);
    }
  }
}
