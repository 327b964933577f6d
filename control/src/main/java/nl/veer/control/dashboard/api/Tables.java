package nl.veer.control.dashboard.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.control.status.LoadStatus;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.status.WaveStatus;

/** A wave's tables, those first that need somebody's eye. */
final class Tables {
  private static final Comparator<TableBody> BY_RISK =
      Comparator.comparingInt(Tables::rank).thenComparing(TableBody::table);

  private Tables() {}

  /**
   * @param silent whether the status is too old to say anything of now
   */
  static List<TableBody> of(WaveStatus wave, boolean silent) {
    Map<String, LoadStatus.Table> loads = new HashMap<>();
    wave.load().details().forEach(load -> loads.put(load.table(), load));
    List<TableBody> tables = new ArrayList<>();
    VerdictFigures verdict = wave.verdict();
    if (verdict != null) {
      verdict
          .tables()
          .forEach(table -> tables.add(TableBody.of(table, loads.remove(table.table()))));
    }
    loads.values().forEach(load -> tables.add(TableBody.unjudged(load)));
    if (silent) {
      tables.replaceAll(TableBody::silent);
    }
    tables.sort(BY_RISK);
    return tables;
  }

  static Optional<TableBody> find(WaveStatus wave, String table, boolean silent) {
    return of(wave, silent).stream().filter(one -> one.table().equals(table)).findFirst();
  }

  private static int rank(TableBody table) {
    return switch (table.verdict()) {
      case VerdictBody.DIFFERENT -> 0;
      case VerdictBody.EQUAL -> 2;
      default -> 1;
    };
  }
}
