package nl.veer.control.gate;

import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPreflightTarget;

/**
 * What the way back will need: the passive side as what is captured, the active side as what is
 * written to, and captured as well for the echo.
 *
 * @param closedActive schemas of the tables that Veer's role may not use there
 * @param closedPassive the same on the passive side
 * @param echoIsMade whether the echo's publication is there, or Veer may make it
 */
record WayBackFacts(
    PostgresPreflightSource passive,
    PostgresPreflightSource active,
    PostgresPreflightTarget written,
    Set<String> closedActive,
    Set<String> closedPassive,
    boolean echoIsMade) {

  WayBackFacts {
    closedActive = Set.copyOf(closedActive);
    closedPassive = Set.copyOf(closedPassive);
  }
}
