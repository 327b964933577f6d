package nl.veer.control.type;

import java.util.List;
import java.util.stream.Stream;

/** The table of types: all that Veer carries, each with its boundary values. */
final class TypeTable {
  /** Under these, {@code col::text} is a value's canonical form. */
  static final String SETTINGS =
      """
      SET timezone = 'UTC';
      SET datestyle = 'ISO, YMD';
      SET intervalstyle = 'postgres';
      SET extra_float_digits = 3;
      SET bytea_output = 'hex';
      SET lc_monetary = 'C'""";

  private TypeTable() {}

  /** In the order of the documentation of PostgreSQL. */
  static List<TypeRow> rows() {
    return Stream.of(
            NumberTypes.ROWS,
            TextTypes.ROWS,
            TimeTypes.ROWS,
            PlainTypes.ROWS,
            ShapeTypes.ROWS,
            RangeTypes.ROWS,
            OwnTypes.ROWS,
            ExtensionTypes.ROWS)
        .flatMap(List::stream)
        .toList();
  }
}
