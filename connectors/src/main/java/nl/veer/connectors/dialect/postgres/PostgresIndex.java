package nl.veer.connectors.dialect.postgres;

import nl.veer.connectors.event.TableId;

/**
 * An index of a table.
 *
 * @param definition PostgreSQL's own, without the index's name and storage settings: what is the
 *     same on both sides of a migration
 * @param valid whether it is built to its end, and so looked at
 * @param ofConstraint whether a constraint stands on it
 * @param collated whether a column of it sorts as the database does by default
 */
public record PostgresIndex(
    TableId table,
    String name,
    String definition,
    boolean unique,
    boolean valid,
    boolean ofConstraint,
    boolean collated) {

  /**
   * Whether both are of the same columns of the same table, in the same way: in the same words or,
   * under the same name, in words that differ in casts and parentheses at most.
   */
  public boolean isSameAs(PostgresIndex other) {
    return table.equals(other.table)
        && (definition.equals(other.definition)
            || name.equals(other.name) && DefinitionText.alike(definition, other.definition));
  }
}
