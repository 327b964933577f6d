package nl.veer.connectors.dialect.postgres;

import nl.veer.connectors.event.TableId;

/**
 * A trigger that a user made on a table.
 *
 * @param definition PostgreSQL's own, with names in full
 * @param body digest of its function's body
 */
public record PostgresTrigger(
    TableId table, String name, String definition, Firing firing, String body) {

  /** When it fires. */
  public enum Firing {
    /** When a user writes, not when Veer applies. */
    ORIGIN,
    ALWAYS,
    /** Only when something applies that was written elsewhere. */
    REPLICA,
    DISABLED
  }

  /** Whether both do the same, in words that differ in casts and parentheses at most. */
  public boolean isDefinedAs(PostgresTrigger other) {
    return DefinitionText.alike(definition, other.definition);
  }

  /** Whether it fires when an application writes. */
  public boolean firesForUsers() {
    return firing == Firing.ORIGIN || firing == Firing.ALWAYS;
  }
}
