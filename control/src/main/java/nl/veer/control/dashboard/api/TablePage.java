package nl.veer.control.dashboard.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a wave's tables, in the order that was asked for.
 *
 * @param at when the status was read
 * @param ageMillis since then
 * @param goodMillis beyond this age every verdict is UNKNOWN
 * @param total how many tables of the wave are known
 * @param matching how many of them fit what was asked for
 * @param offset how many of those were left out in front
 * @param trouble why it is not known what scans have counted; null if it is
 */
public record TablePage(
    @Nullable String at,
    @Nullable Long ageMillis,
    long goodMillis,
    String wave,
    int total,
    int matching,
    int offset,
    @Nullable String trouble,
    List<TableBody> tables) {

  public TablePage {
    tables = List.copyOf(tables);
  }
}
