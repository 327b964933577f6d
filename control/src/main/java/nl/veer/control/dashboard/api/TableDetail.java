package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.VerdictStep;
import org.jspecify.annotations.Nullable;

/**
 * A table and how its verdict came about.
 *
 * @param at when the status was read
 * @param ageMillis since then; beyond 15 seconds the verdict is UNKNOWN
 * @param history the last changes of its verdict, the last one first
 */
public record TableDetail(
    @Nullable String at,
    @Nullable Long ageMillis,
    String wave,
    TableBody table,
    List<VerdictStep> history) {

  public TableDetail {
    history = List.copyOf(history);
  }
}
