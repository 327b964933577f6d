package nl.veer.connectors.dialect.postgres;

import java.util.List;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * A constraint of a table, or of a partitioned table as a whole.
 *
 * @param definition PostgreSQL's own, with names in full and without NOT VALID: what is the same on
 *     both sides of a migration, whatever it is called
 * @param validated whether the server says that all rows obey it
 * @param enforced whether it is looked at when somebody writes: not so if its triggers are disabled
 * @param references the other table of a foreign key; null for all others
 * @param columns of a foreign key, in the order of {@code referenced}; empty for all others
 * @param full whether a foreign key matches as MATCH FULL does
 */
public record PostgresConstraint(
    TableId table,
    Kind kind,
    String name,
    String definition,
    boolean validated,
    boolean enforced,
    @Nullable TableId references,
    List<String> columns,
    List<String> referenced,
    boolean full) {

  /** What it demands. */
  public enum Kind {
    PRIMARY_KEY,
    UNIQUE,
    FOREIGN_KEY,
    CHECK,
    EXCLUSION,
    NOT_NULL
  }

  public PostgresConstraint {
    columns = List.copyOf(columns);
    referenced = List.copyOf(referenced);
  }

  /**
   * Whether both demand the same of the same table: in the same words or, under the same name, in
   * words that differ in casts and parentheses at most.
   */
  public boolean isSameAs(PostgresConstraint other) {
    return table.equals(other.table)
        && kind == other.kind
        && (definition.equals(other.definition)
            || name.equals(other.name) && DefinitionText.alike(definition, other.definition));
  }
}
