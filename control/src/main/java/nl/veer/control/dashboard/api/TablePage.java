package nl.veer.control.dashboard.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a wave's tables: DIFFERENT first, then UNKNOWN, then EQUAL, each by name.
 *
 * @param at when the status was read
 * @param ageMillis since then; beyond 15 seconds every verdict is UNKNOWN
 * @param total how many fit what was asked for
 * @param offset how many of them were left out in front
 */
public record TablePage(
    @Nullable String at,
    @Nullable Long ageMillis,
    String wave,
    int total,
    int offset,
    List<TableBody> tables) {

  public TablePage {
    tables = List.copyOf(tables);
  }
}
