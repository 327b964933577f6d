package nl.veer.control.config;

import nl.veer.connectors.event.TableId;
import nl.veer.verifier.value.Tolerance;
import org.jspecify.annotations.Nullable;

/** A difference that the user declares to be none. */
public record ToleranceConfig(
    @Setting("The table, as `schema.table`.") String table,
    @Setting("The column.") String column,
    @Setting(value = "Do not compare the column.", byDefault = "false") boolean leaveOut,
    @Setting(
            value =
                "Compare the column's numbers rounded to so many decimals, half to even; negative to"
                    + " round before the point.",
            optional = true,
            min = -100,
            max = 100)
        @Nullable Integer round) {

  public ToleranceConfig {
    int dot = table.indexOf('.');
    if (dot < 1 || dot == table.length() - 1) {
      throw new IllegalArgumentException("table: '" + table + "' is not of the form schema.table");
    }
    if (leaveOut == (round != null)) {
      throw new IllegalArgumentException("column: needs either leave-out: true or round");
    }
  }

  /** The same for the verifier. */
  public Tolerance tolerance() {
    int dot = table.indexOf('.');
    TableId id = new TableId(table.substring(0, dot), table.substring(dot + 1));
    Integer decimals = round;
    return decimals == null
        ? new Tolerance.LeftOut(id, column)
        : new Tolerance.Rounded(id, column, decimals);
  }
}
