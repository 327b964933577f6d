package nl.veer.control.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.capture.CaptureSource;
import nl.veer.connectors.dialect.ColumnSchema;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.postgres.PostgresColumnNames;

/** Judges names: those that a run would mix up, change or pass over, and so refuses. Pure. */
final class NameFindings {
  /** Stands between names in the load's records. */
  private static final String UNIT_SEPARATOR = "\u001f";

  private NameFindings() {}

  /** Of the source's database and user. */
  static Optional<Finding> ofSource(DatabaseEndpoint source) {
    return CaptureSource.refusal(source)
        .map(
            failure ->
                Finding.error(
                    failure.code(),
                    "source",
                    String.valueOf(failure.getMessage()),
                    "Change source.url or source.user: another role, or ALTER DATABASE … RENAME"
                        + " TO …;"));
  }

  /** Of the wave's tables and their columns, on the source. */
  static List<Finding> ofTables(List<TableSchema> tables) {
    List<Finding> findings = new ArrayList<>();
    for (TableSchema table : tables) {
      if (PostgresColumnNames.refusal(table.id()).isPresent()) {
        findings.add(
            Finding.error(
                "COLUMN_NAME",
                table.id().toString(),
                "Its name, or its schema's, has quotes around it; the capture would pass over its"
                    + " changes.",
                "ALTER TABLE %s RENAME TO …; (or ALTER SCHEMA) or exclude the table."
                    .formatted(table.id().quoted())));
      }
      columns(findings, table);
    }
    return findings;
  }

  private static void columns(List<Finding> findings, TableSchema table) {
    Map<String, String> seen = new HashMap<>();
    for (ColumnSchema column : table.columns()) {
      String name = column.name();
      Optional<String> other = Optional.ofNullable(seen.put(name.toLowerCase(Locale.ROOT), name));
      reason(name, other)
          .ifPresent(
              reason ->
                  findings.add(
                      Finding.error(
                          "COLUMN_NAME",
                          table.id() + "." + name,
                          reason,
                          "ALTER TABLE %s RENAME COLUMN %s TO …; or exclude the table."
                              .formatted(table.id().quoted(), SourceFindings.quote(name)))));
    }
  }

  private static Optional<String> reason(String name, Optional<String> other) {
    if (other.isPresent()) {
      return Optional.of(
          "Its name differs from column %s only in case, which the capture cannot tell apart."
              .formatted(other.get()));
    }
    if (name.contains("\"")) {
      return Optional.of("Its name has a double quote, which the capture cannot carry.");
    }
    if (PostgresColumnNames.refusal(List.of(name)).isPresent()) {
      return Optional.of("Its name has quotes around it, which the capture would take away.");
    }
    return name.contains(UNIT_SEPARATOR)
        ? Optional.of(
            "Its name has the control character U+001F, which the load's records cannot carry.")
        : Optional.empty();
  }
}
