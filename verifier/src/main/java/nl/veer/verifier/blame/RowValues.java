package nl.veer.verifier.blame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row's values on both sides, of some of its columns; a side without the row has none. Holds a
 * row's values, so it prints without them.
 *
 * @param columns their names
 */
public record RowValues(
    List<String> columns,
    @Nullable List<@Nullable String> source,
    @Nullable List<@Nullable String> target) {

  public RowValues {
    columns = List.copyOf(columns);
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return "RowValues of " + columns.size() + " columns";
  }
}
