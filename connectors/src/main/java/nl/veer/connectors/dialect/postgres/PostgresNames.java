package nl.veer.connectors.dialect.postgres;

import java.util.List;
import java.util.stream.Collectors;

/** SQL names, always quoted. */
final class PostgresNames {
  private PostgresNames() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String list(List<String> names) {
    return names.stream().map(PostgresNames::quoted).collect(Collectors.joining(", "));
  }
}
