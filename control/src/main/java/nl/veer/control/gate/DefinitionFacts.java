package nl.veer.control.gate;

import java.util.Map;
import nl.veer.connectors.dialect.postgres.PostgresConstraint;
import nl.veer.connectors.dialect.postgres.PostgresDefinitions;

/**
 * What stands on the tables of both sides.
 *
 * @param violations rows that refer to nothing, of the passive side's foreign keys that nothing
 *     else has proven
 */
record DefinitionFacts(
    PostgresDefinitions active,
    PostgresDefinitions passive,
    Map<PostgresConstraint, Fact<Long>> violations) {

  DefinitionFacts {
    violations = Map.copyOf(violations);
  }
}
