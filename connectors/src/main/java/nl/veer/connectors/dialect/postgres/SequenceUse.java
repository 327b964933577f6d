package nl.veer.connectors.dialect.postgres;

import java.util.List;
import nl.veer.connectors.event.TableId;

/**
 * A sequence, and the tables that draw from it.
 *
 * @param tables whose column it belongs to, or whose default draws from it, sorted; empty if the
 *     catalog knows of none
 */
public record SequenceUse(String schema, String name, List<TableId> tables) {

  public SequenceUse {
    tables = List.copyOf(tables);
  }

  /** For people: {@code schema.name}, unquoted. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
