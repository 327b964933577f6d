package nl.veer.verifier.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.scan.postgres.ScanTable;
import org.jspecify.annotations.Nullable;

/**
 * The text of a plan's statements, for people to look at; the repair itself sends values apart from
 * its statements. Pure.
 */
public final class RepairSql {
  private static final String MASKED = "…";

  private RepairSql() {}

  /**
   * One statement without its semicolon.
   *
   * @param values whether values are written out, or masked
   */
  public static String statement(BlamedTable table, PlannedRow row, RowPair pair, boolean values) {
    ScanTable scanned = table.table();
    String name = scanned.id().quoted();
    return switch (row.action()) {
      case INSERT -> insert(table, name, pair, values);
      case UPDATE ->
          "UPDATE %s SET %s WHERE %s"
              .formatted(
                  name,
                  row.columns().stream()
                      .filter(column -> !table.computed().contains(column))
                      .map(
                          column ->
                              quoted(column) + " = " + of(scanned, pair.source(), column, values))
                      .collect(Collectors.joining(", ")),
                  where(scanned, row, values));
      case DELETE -> "DELETE FROM %s WHERE %s".formatted(name, where(scanned, row, values));
      case NONE -> "-- " + name + ": equal by now";
    };
  }

  private static String insert(BlamedTable table, String name, RowPair pair, boolean values) {
    List<String> written = new ArrayList<>(table.table().columns());
    written.removeAll(table.computed());
    return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)"
        .formatted(
            name,
            written.stream().map(RepairSql::quoted).collect(Collectors.joining(", ")),
            written.stream()
                .map(column -> of(table.table(), pair.source(), column, values))
                .collect(Collectors.joining(", ")));
  }

  private static String where(ScanTable table, PlannedRow row, boolean values) {
    List<String> conditions = new ArrayList<>();
    if (!table.hasKey()) {
      return "ctid = … -- one of the rows that are too many";
    }
    for (int i = 0; i < table.key().size(); i++) {
      conditions.add(
          quoted(table.key().get(i).name())
              + " = "
              + (values ? literal(row.suspect().key().texts().get(i)) : MASKED));
    }
    return String.join(" AND ", conditions);
  }

  private static String of(
      ScanTable table, @Nullable List<@Nullable String> row, String column, boolean values) {
    if (!values || row == null) {
      return MASKED;
    }
    return literal(row.get(table.columns().indexOf(column)));
  }

  /** A constant that PostgreSQL reads as the column's type, whatever escapes it understands. */
  static String literal(@Nullable String text) {
    if (text == null) {
      return "NULL";
    }
    String doubled = text.replace("'", "''");
    return doubled.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
