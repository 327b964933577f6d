package nl.veer.verifier.blame;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  /** Of the columns whose texts differ; of all where only one side has the row. */
  static RowValues differing(
      List<String> columns,
      @Nullable List<@Nullable String> there,
      @Nullable List<@Nullable String> here) {
    if (there == null || here == null) {
      return new RowValues(columns, there, here);
    }
    List<String> names = new ArrayList<>();
    List<@Nullable String> source = new ArrayList<>();
    List<@Nullable String> target = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!Objects.equals(there.get(i), here.get(i))) {
        names.add(columns.get(i));
        source.add(there.get(i));
        target.add(here.get(i));
      }
    }
    return new RowValues(names, source, target);
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return "RowValues of " + columns.size() + " columns";
  }
}
