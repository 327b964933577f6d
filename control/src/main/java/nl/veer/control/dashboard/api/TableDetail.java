package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.ColumnDifferences;
import nl.veer.control.dashboard.view.VerdictStep;
import org.jspecify.annotations.Nullable;

/**
 * A table and how its verdict came about.
 *
 * @param at when the status was read
 * @param ageMillis since then
 * @param goodMillis beyond this age the verdict is UNKNOWN
 * @param history the last changes of its verdict, the last one first
 * @param columns in how many of its open differences each column differs, the most first; a row
 *     that only one side has differs in none
 */
public record TableDetail(
    @Nullable String at,
    @Nullable Long ageMillis,
    long goodMillis,
    String wave,
    TableBody table,
    List<VerdictStep> history,
    List<ColumnDifferences> columns) {

  public TableDetail {
    history = List.copyOf(history);
    columns = List.copyOf(columns);
  }

  /** The same with its history, and what differs in it. */
  public TableDetail with(List<VerdictStep> steps, List<ColumnDifferences> differences) {
    return new TableDetail(at, ageMillis, goodMillis, wave, table, steps, differences);
  }
}
