package nl.veer.replicator.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.ColumnSchema;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Whether the target can hold what the source has, column by column: the same name and the same
 * type. A narrower type would round or cut in silence, so nothing but equality is taken. Pure.
 */
final class SchemaMatch {
  private SchemaMatch() {}

  /** Refuses with everything that does not match, at once. */
  static void require(List<TableId> wanted, List<SourceTable> source, List<TableSchema> target) {
    Map<TableId, SourceTable> sources = new HashMap<>();
    source.forEach(table -> sources.put(table.schema().id(), table));
    Map<TableId, TableSchema> targets = new HashMap<>();
    target.forEach(table -> targets.put(table.id(), table));
    List<String> problems = new ArrayList<>();
    for (TableId id : wanted) {
      SourceTable from = sources.get(id);
      TableSchema to = targets.get(id);
      if (from == null) {
        problems.add("the source has no table " + id);
      } else if (to == null) {
        problems.add("the target has no table " + id);
      } else {
        compare(from.schema(), to, problems);
      }
    }
    if (!problems.isEmpty()) {
      throw failure(problems);
    }
  }

  /**
   * What is wrong with columns that both sides have, per table. A table or column that one side
   * lacks is not judged: the log may speak of another time than the catalogs.
   */
  static Map<TableId, Failure> differences(List<SourceTable> source, List<TableSchema> target) {
    Map<TableId, TableSchema> targets = new HashMap<>();
    target.forEach(table -> targets.put(table.id(), table));
    Map<TableId, Failure> differences = new HashMap<>();
    for (SourceTable table : source) {
      TableSchema from = table.schema();
      TableSchema to = targets.get(from.id());
      List<String> problems = new ArrayList<>();
      if (to != null) {
        from.columns()
            .forEach(
                column ->
                    named(to, column.name())
                        .ifPresent(same -> compare(from.id(), column, same, problems)));
      }
      if (!problems.isEmpty()) {
        differences.put(from.id(), failure(problems));
      }
    }
    return differences;
  }

  private static Failure failure(List<String> problems) {
    return new Failure(
        FailureKind.TARGET_DATA,
        "SCHEMA_DIFFERENT",
        "The target cannot hold what the source has: "
            + String.join("; ", problems)
            + ". Mend the target's schema; the wave then goes on by itself.");
  }

  private static Optional<ColumnSchema> named(TableSchema table, String name) {
    return table.columns().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  private static void compare(TableSchema from, TableSchema to, List<String> problems) {
    for (ColumnSchema column : from.columns()) {
      Optional<ColumnSchema> same = named(to, column.name());
      if (same.isPresent()) {
        compare(from.id(), column, same.get(), problems);
      } else if (!column.generated()) {
        problems.add("the target has no column " + from.id() + "." + column.name());
      }
    }
  }

  private static void compare(
      TableId table, ColumnSchema from, ColumnSchema to, List<String> problems) {
    String name = table + "." + from.name();
    if (from.generated() != to.generated()) {
      problems.add("column " + name + " is generated on one side only");
    } else if (!from.type().equals(to.type())) {
      problems.add(
          "column %s is %s on the source and %s on the target"
              .formatted(name, from.type(), to.type()));
    }
  }
}
