package nl.veer.control.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import nl.veer.control.home.HomeTables;

/**
 * A chapter that is one question to a table of the schema {@code veer}; its columns are what the
 * question calls them. Where there is no such table, nothing of its kind ever happened.
 */
final class TableChapter implements Chapter.Source {
  /** Whatever must hold for a cutover, and was declared not to matter. */
  static final Chapter.Source WAIVERS =
      new TableChapter(
          "Waivers",
          "No predicate of the gate was waived.",
          "waiver",
          """
          SELECT ltrim(wave, '0123456789') AS wave,
                 coalesce(substring(wave FROM '^[0-9]+'), '0') AS leg, predicate, reason,
                 waived_by, %s AS waived_at
          FROM veer.waiver WHERE migration = ? ORDER BY 1, length(wave), 2, 3
          """
              .formatted(utc("waived_at")));

  /** Each attempt, rehearsals too. */
  static final Chapter.Source CUTOVERS =
      new TableChapter(
          "Cutovers",
          "There was no cutover, and no rehearsal of one.",
          "cutover",
          """
          SELECT id AS attempt, wave, leg,
                 CASE WHEN kind = 'REHEARSAL' THEN 'rehearsal' WHEN leg %% 2 = 0 THEN 'cutover'
                      ELSE 'fallback' END AS what,
                 %s AS way,
                 state || CASE WHEN finished_at IS NULL THEN ', not finished' ELSE '' END AS state,
                 started_by, %s AS started_at, %s AS fenced_at, %s AS finished_at,
                 outage_millis, measured_by, budget_millis, verdict, table_count AS tables,
                 row_count AS rows, marker, applied, target_position, steps, failure_code, failure
          FROM veer.cutover WHERE migration = ? ORDER BY id
          """
              .formatted(way("leg"), utc("started_at"), utc("fenced_at"), utc("finished_at")));

  /** Which way each wave went, and when. */
  static final Chapter.Source LEGS =
      new TableChapter(
          "Legs",
          "Every wave is on its first leg, from the source to the target.",
          "leg",
          """
          SELECT wave, number AS leg, %s AS way, state, %s AS prepared_at, %s AS activated_at,
                 %s AS retired_at, cut_position AS began_at
          FROM veer.leg WHERE migration = ? ORDER BY wave, number
          """
              .formatted(
                  way("number"), utc("prepared_at"), utc("activated_at"), utc("retired_at")));

  /** What has to be known to lower one by hand. */
  static final Chapter.Source FENCES =
      new TableChapter(
          "Fences that stand",
          "No fence of Veer stands on either side.",
          "fence",
          """
          SELECT wave, side, %s AS planned_at, attempt, plan
          FROM veer.fence WHERE migration = ? ORDER BY wave, side
          """
              .formatted(utc("planned_at")));

  private final String title;
  private final String none;
  private final String table;
  private final String question;

  private TableChapter(String title, String none, String table, String question) {
    this.title = title;
    this.none = none;
    this.table = table;
    this.question = question;
  }

  private static String utc(String time) {
    return "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')".formatted(time);
  }

  private static String way(String leg) {
    return "CASE WHEN %s %% 2 = 0 THEN 'source to target' ELSE 'target to source' END"
        .formatted(leg);
  }

  @Override
  public Chapter read(Connection home, String migration) throws SQLException {
    if (!HomeTables.exists(home, "veer." + table)) {
      return new Chapter(title, none, List.of(), List.of());
    }
    try (PreparedStatement query = home.prepareStatement(question)) {
      query.setString(1, migration);
      try (ResultSet row = query.executeQuery()) {
        return chapter(row);
      }
    }
  }

  private Chapter chapter(ResultSet row) throws SQLException {
    ResultSetMetaData all = row.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= all.getColumnCount(); i++) {
      columns.add(all.getColumnLabel(i).replace('_', ' '));
    }
    List<List<String>> rows = new ArrayList<>();
    while (row.next()) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        values.add(Objects.requireNonNullElse(row.getString(i), ""));
      }
      rows.add(values);
    }
    return new Chapter(title, none, columns, rows);
  }
}
