package nl.veer.verifier.value;

import nl.veer.connectors.event.TableId;

/** A difference that the user has declared to be none. */
public sealed interface Tolerance {
  TableId table();

  String column();

  /** The column is not compared. */
  record LeftOut(TableId table, String column) implements Tolerance {
    @Override
    public String toString() {
      return table + "." + column + " left out";
    }
  }

  /**
   * The column's numbers are rounded before they are compared, half to even.
   *
   * @param decimals behind the point; negative to round before it
   */
  record Rounded(TableId table, String column, int decimals) implements Tolerance {
    @Override
    public String toString() {
      return table + "." + column + " rounded to " + decimals + " decimals";
    }
  }
}
