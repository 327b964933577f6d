package nl.veer.connectors.dialect.postgres;

import java.util.List;
import java.util.stream.Collectors;

/** SQL names, always quoted, and literals. */
final class PostgresNames {
  private PostgresNames() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String list(List<String> names) {
    return names.stream().map(PostgresNames::quoted).collect(Collectors.joining(", "));
  }

  /** A string, whatever {@code standard_conforming_strings} says. */
  static String literal(String text) {
    String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
    return text.indexOf('\\') < 0 ? quoted : " E" + quoted;
  }
}
