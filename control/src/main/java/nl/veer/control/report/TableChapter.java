package nl.veer.control.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A chapter that is a table of the schema {@code veer} as it is, but for columns that say nothing
 * to a reader. Where there is no such table, nothing of its kind ever happened.
 */
final class TableChapter implements Chapter.Source {
  /** Whoever must have been allowed to cut over although something did not hold. */
  static final Chapter.Source WAIVERS =
      new TableChapter(
          "Waivers", "No predicate of the gate was waived.", "waiver", Set.of("migration"));

  /** Each attempt, rehearsals too. */
  static final Chapter.Source CUTOVERS =
      new TableChapter(
          "Cutovers",
          "There was no cutover, and no rehearsal of one.",
          "cutover",
          Set.of("migration", "fence_plan", "epoch"));

  private final String title;
  private final String none;
  private final String table;
  private final Set<String> without;

  private TableChapter(String title, String none, String table, Set<String> without) {
    this.title = title;
    this.none = none;
    this.table = table;
    this.without = without;
  }

  @Override
  public Chapter read(Connection home, String migration) throws SQLException {
    if (!exists(home)) {
      return new Chapter(title, none, List.of(), List.of());
    }
    try (PreparedStatement query =
        home.prepareStatement("SELECT * FROM veer." + table + " WHERE migration = ? ORDER BY 1")) {
      query.setString(1, migration);
      try (ResultSet row = query.executeQuery()) {
        return chapter(row);
      }
    }
  }

  private boolean exists(Connection home) throws SQLException {
    try (PreparedStatement query =
        home.prepareStatement("SELECT pg_catalog.to_regclass('veer.' || ?) IS NOT NULL")) {
      query.setString(1, table);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private Chapter chapter(ResultSet row) throws SQLException {
    ResultSetMetaData all = row.getMetaData();
    List<Integer> shown = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= all.getColumnCount(); i++) {
      if (!without.contains(all.getColumnName(i))) {
        shown.add(i);
        columns.add(all.getColumnName(i).replace('_', ' '));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    while (row.next()) {
      List<String> values = new ArrayList<>();
      for (int i : shown) {
        values.add(Objects.requireNonNullElse(row.getString(i), ""));
      }
      rows.add(values);
    }
    return new Chapter(title, none, columns, rows);
  }
}
