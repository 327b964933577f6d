package nl.veer.control.report;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.control.config.TablePattern;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WaveConfig;

/**
 * A table of the source that is in no wave.
 *
 * @param why in words
 */
public record Leftover(String table, String why) {

  /** Those of the source's tables that the configuration leaves out, with the reason. */
  static List<Leftover> of(VeerConfig config, List<TableId> source) {
    List<Leftover> leftovers = new ArrayList<>();
    for (TableId table : source) {
      if (config.waves().stream().noneMatch(wave -> holds(wave, table))) {
        leftovers.add(new Leftover(table.toString(), why(config, table)));
      }
    }
    return leftovers;
  }

  private static boolean holds(WaveConfig wave, TableId table) {
    return matching(wave.tables().include(), table).size() > 0
        && matching(wave.tables().exclude(), table).isEmpty();
  }

  private static String why(VeerConfig config, TableId table) {
    List<String> excluded = new ArrayList<>();
    for (WaveConfig wave : config.waves()) {
      if (!matching(wave.tables().include(), table).isEmpty()) {
        matching(wave.tables().exclude(), table)
            .forEach(pattern -> excluded.add("'" + pattern + "' of wave " + wave.name()));
      }
    }
    return excluded.isEmpty()
        ? "no wave includes it"
        : "excluded by " + String.join(" and ", excluded);
  }

  private static List<TablePattern> matching(List<TablePattern> patterns, TableId table) {
    return patterns.stream().filter(pattern -> pattern.matches(table)).toList();
  }
}
