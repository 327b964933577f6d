package nl.veer.connectors.dialect.postgres;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.TableId;

/** Column names that the capture would mix up or change. Pure. */
public final class PostgresColumnNames {
  private PostgresColumnNames() {}

  /**
   * Why a table with these columns cannot be captured; empty if it can. Debezium tells columns
   * apart without their case, and takes a pair of quotes around a name away.
   */
  public static Optional<String> refusal(List<String> columns) {
    Map<String, String> folded = new HashMap<>();
    for (String column : columns) {
      if (isQuoted(column)) {
        return Optional.of("the name of column " + column + " has quotes around it; rename it");
      }
      String other = folded.put(column.toLowerCase(Locale.ROOT), column);
      if (other != null) {
        return Optional.of(
            "its columns " + other + " and " + column + " differ only in case; rename one");
      }
    }
    return Optional.empty();
  }

  /** Why Debezium would pass over the changes of a table in silence; empty if it would not. */
  public static Optional<String> refusal(TableId table) {
    return isQuoted(table.schema()) || isQuoted(table.name())
        ? Optional.of("its name, or its schema's, has quotes around it; rename it")
        : Optional.empty();
  }

  /**
   * Why some tables cannot be captured together: where Debezium knows tables by their names, with a
   * dot between, two of them would be one.
   */
  public static Optional<String> clash(Collection<TableId> tables) {
    Map<String, TableId> known = new HashMap<>();
    for (TableId table : tables) {
      TableId other = known.putIfAbsent(table.toString(), table);
      if (other != null && !other.equals(table)) {
        return Optional.of(
            "two tables are called %s, one of schema '%s' and one of schema '%s'; rename one"
                .formatted(table, other.schema(), table.schema()));
      }
    }
    return Optional.empty();
  }

  private static boolean isQuoted(String name) {
    if (name.length() < 2) {
      return false;
    }
    char first = name.charAt(0);
    return first == name.charAt(name.length() - 1)
        && (first == '"' || first == '\'' || first == '`');
  }
}
