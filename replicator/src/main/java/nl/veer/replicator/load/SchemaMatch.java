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
      throw new Failure(
          FailureKind.TARGET_DATA,
          "SCHEMA_DIFFERENT",
          "The target cannot hold what the source has: "
              + String.join("; ", problems)
              + ". Mend the target's schema; the wave then goes on by itself.");
    }
  }

  private static void compare(TableSchema from, TableSchema to, List<String> problems) {
    for (ColumnSchema column : from.columns()) {
      Optional<ColumnSchema> same =
          to.columns().stream().filter(c -> c.name().equals(column.name())).findFirst();
      String name = from.id() + "." + column.name();
      if (same.isEmpty()) {
        if (!column.generated()) {
          problems.add("the target has no column " + name);
        }
      } else if (same.get().generated() != column.generated()) {
        problems.add("column " + name + " is generated on one side only");
      } else if (!same.get().type().equals(column.type())) {
        problems.add(
            "column %s is %s on the source and %s on the target"
                .formatted(name, column.type(), same.get().type()));
      }
    }
  }
}
