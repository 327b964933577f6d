package nl.veer.verifier.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.repair.PlannedRow.Action;
import org.jspecify.annotations.Nullable;

/**
 * A row as both sides have it: the texts of the table's columns, null where there is no row. Holds
 * a row's values, so it prints without them.
 */
public record RowPair(
    @Nullable List<@Nullable String> source, @Nullable List<@Nullable String> target) {

  /** What makes the target's row the source's. */
  Action action(BlamedTable table) {
    if (source == null) {
      return target == null ? Action.NONE : Action.DELETE;
    }
    if (target == null) {
      return Action.INSERT;
    }
    return columns(table).isEmpty() ? Action.NONE : Action.UPDATE;
  }

  /** Names of the columns that differ, and must not, where both have the row. */
  public List<String> columns(BlamedTable table) {
    List<String> differing = new ArrayList<>();
    if (source != null && target != null) {
      for (int i = 0; i < source.size(); i++) {
        String column = table.table().columns().get(i);
        if (!Objects.equals(source.get(i), target.get(i)) && !table.leftOut().contains(column)) {
          differing.add(column);
        }
      }
    }
    return differing;
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return "RowPair";
  }
}
