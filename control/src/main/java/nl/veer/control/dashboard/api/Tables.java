package nl.veer.control.dashboard.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * How many there are; the others are UNKNOWN.
   *
   * @param equal of them
   * @param different of them
   */
  record Count(long all, long equal, long different) {}

  /** Counts them, without more: it is done for every status, of thousands of tables. */
  static Count count(WaveStatus wave, boolean silent) {
    VerdictFigures verdict = wave.verdict();
    Set<String> judged = new HashSet<>();
    long equal = 0;
    long different = 0;
    for (VerdictFigures.Table table :
        verdict == null ? List.<VerdictFigures.Table>of() : verdict.tables()) {
      judged.add(table.table());
      equal += !silent && table.verdict().equals(VerdictBody.EQUAL) ? 1 : 0;
      different += !silent && table.verdict().equals(VerdictBody.DIFFERENT) ? 1 : 0;
    }
    wave.load().details().forEach(load -> judged.add(load.table()));
    return new Count(judged.size(), equal, different);
  }

  static Optional<TableBody> find(
      WaveStatus wave, String table, LookedTables looked, boolean silent) {
    return of(wave, looked, silent).stream().filter(one -> one.table().equals(table)).findFirst();
  }
}
