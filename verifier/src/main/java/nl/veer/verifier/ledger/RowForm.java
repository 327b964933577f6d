package nl.veer.verifier.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowType;
import nl.veer.verifier.digest.KeyedDigester;
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
  private final RowType type;
  private final Shape shape;
  private final List<Compared> compared;
  private final List<Tolerance> leftOut;

  /** One column that is compared. */
  private record Compared(String name, int index, Tolerance.@Nullable Rounded rounded) {}

  private RowForm(RowType type, List<Compared> compared, List<Tolerance> leftOut) {
    this.type = type;
    this.compared = compared;
    this.leftOut = leftOut;
    this.shape = new Shape(compared.stream().map(Compared::name).toArray(String[]::new));
  }

  static RowForm of(LedgerTable table, RowType type, Tolerances tolerances) {
    Set<String> computed = table.computed();
    List<Compared> compared = new ArrayList<>();
    List<Tolerance> leftOut = new ArrayList<>();
    for (int i = 0; i < type.columns().size(); i++) {
      String name = type.columns().get(i).name();
      Tolerance tolerance = tolerances.of(table.id(), name).orElse(null);
      if (tolerance instanceof Tolerance.LeftOut) {
        leftOut.add(tolerance);
      } else if (!computed.contains(name)) {
        compared.add(
            new Compared(name, i, tolerance instanceof Tolerance.Rounded rounded ? rounded : null));
      }
    }
    compared.sort(Comparator.comparing(Compared::name));
    return new RowForm(type, compared, leftOut);
  }

  /**
   * The digests of a row.
   *
   * @param touched told of each tolerance that made a difference to the row's form
   */
  Columns columns(
      RowImage row, KeyedDigester digester, CanonicalBytes buffer, Consumer<Tolerance> touched) {
    long[] digests = new long[2 * compared.size()];
    byte[] marks = null;
    for (int i = 0; i < compared.size(); i++) {
      Compared column = compared.get(i);
      if (row.isAbsent(column.index())) {
        marks = marks == null ? new byte[compared.size()] : marks;
        marks[i] = Columns.ABSENT;
      } else {
        buffer.clear();
        write(column, row, buffer, touched);
        digester.digest(buffer.array(), buffer.size(), digests, 2 * i);
      }
    }
    leftOut.forEach(touched);
    return new Columns(shape, digests, marks);
  }

  private void write(
      Compared column, RowImage row, CanonicalBytes buffer, Consumer<Tolerance> touched) {
    RowType.Column declared = type.columns().get(column.index());
    Tolerance.Rounded rounded = column.rounded();
    if (rounded == null) {
      EventValues.write(declared.encoding(), row.value(column.index()), buffer);
    } else if (EventValues.writeRounded(
        declared.encoding(), row.value(column.index()), rounded.decimals(), buffer)) {
      touched.accept(rounded);
    }
  }
}
