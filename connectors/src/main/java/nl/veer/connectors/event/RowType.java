package nl.veer.connectors.event;

import java.util.List;

/**
 * The columns of a row image, in the log's order. One instance serves all events of one schema, so
 * that identity is a cheap first test for "the same shape".
 */
public record RowType(List<Column> columns) {

  /**
   * A column as the log carries it.
   *
   * @param sourceType how the source declares it, as the capture sees it, for example {@code
   *     numeric(12,4)}; only good for being compared with another; empty in old records
   */
  public record Column(String name, ColumnEncoding encoding, String sourceType) {

    public Column(String name, ColumnEncoding encoding) {
      this(name, encoding, "");
    }
  }

  public RowType {
    columns = List.copyOf(columns);
  }

  /** Index of the column, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
