package nl.veer.control.dashboard.api;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.veer.control.dashboard.view.LookedTable;
import org.jspecify.annotations.Nullable;

/**
 * What scans have counted of a wave's tables, by table.
 *
 * @param trouble why nothing is known; null if it is
 */
public record LookedTables(Map<String, LookedTable> all, @Nullable String trouble) {
  /** For whoever does not need it. */
  static final LookedTables NONE = new LookedTables(Map.of(), null);

  public static LookedTables of(List<LookedTable> tables) {
    return new LookedTables(
        tables.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    LookedTable::table, Function.identity(), (one, other) -> one)),
        null);
  }

  public static LookedTables unread(String trouble) {
    return new LookedTables(Map.of(), trouble);
  }

  LookedTable of(String table) {
    LookedTable looked = all.get(table);
    return looked == null ? LookedTable.unknown(table) : looked;
  }
}
