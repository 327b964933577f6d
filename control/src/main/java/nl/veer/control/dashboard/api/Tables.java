package nl.veer.control.dashboard.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.control.status.LoadStatus;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.status.WaveStatus;

/** A wave's tables, in no order. */
final class Tables {
  private Tables() {}

  /**
   * @param looked what scans have counted
   * @param silent whether the status is too old to say anything of now
   */
  static List<TableBody> of(WaveStatus wave, LookedTables looked, boolean silent) {
    Map<String, LoadStatus.Table> loads = new HashMap<>();
    wave.load().details().forEach(load -> loads.put(load.table(), load));
    List<TableBody> tables = new ArrayList<>();
    VerdictFigures verdict = wave.verdict();
    if (verdict != null) {
      verdict
          .tables()
          .forEach(
              table ->
                  tables.add(
                      TableBody.of(table, loads.remove(table.table()), looked.of(table.table()))));
    }
    loads.values().forEach(load -> tables.add(TableBody.unjudged(load, looked.of(load.table()))));
    if (silent) {
      tables.replaceAll(TableBody::silent);
    }
    return tables;
  }

  static Optional<TableBody> find(
      WaveStatus wave, String table, LookedTables looked, boolean silent) {
    return of(wave, looked, silent).stream().filter(one -> one.table().equals(table)).findFirst();
  }
}
