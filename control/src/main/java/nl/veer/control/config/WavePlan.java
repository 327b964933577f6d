package nl.veer.control.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;

/**
 * Which tables each wave holds, with what is odd about it.
 *
 * @param tables every wave's tables, in catalog order
 * @param errors what forbids a run: a table in two waves, a wave without a table
 * @param warnings patterns that match nothing
 */
public record WavePlan(
    Map<WaveId, List<TableId>> tables, List<String> errors, List<String> warnings) {

  public WavePlan {
    tables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** Deals the source's tables out to the waves. */
  public static WavePlan of(VeerConfig config, List<TableId> source) {
    Map<WaveId, List<TableId>> tables = new LinkedHashMap<>();
    Map<TableId, WaveId> owners = new LinkedHashMap<>();
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (WaveConfig wave : config.waves()) {
      WaveId id = config.id(wave);
      List<TableId> chosen = source.stream().filter(table -> holds(wave, table)).toList();
      tables.put(id, chosen);
      if (chosen.isEmpty()) {
        errors.add("Wave " + wave.name() + " holds no table of the source.");
      }
      for (TableId table : chosen) {
        WaveId other = owners.putIfAbsent(table, id);
        if (other != null) {
          errors.add(
              "Table %s is in wave %s and in wave %s; exclude it from one of them."
                  .formatted(table, other.wave(), wave.name()));
        }
      }
      idle(wave, source).forEach(warnings::add);
    }
    return new WavePlan(tables, errors, warnings);
  }

  private static boolean holds(WaveConfig wave, TableId table) {
    return wave.tables().include().stream().anyMatch(pattern -> pattern.matches(table))
        && wave.tables().exclude().stream().noneMatch(pattern -> pattern.matches(table));
  }

  private static List<String> idle(WaveConfig wave, List<TableId> source) {
    List<TablePattern> patterns = new ArrayList<>(wave.tables().include());
    patterns.addAll(wave.tables().exclude());
    return patterns.stream()
        .filter(pattern -> source.stream().noneMatch(pattern::matches))
        .map(pattern -> "Pattern '%s' of wave %s matches no table.".formatted(pattern, wave.name()))
        .toList();
  }
}
