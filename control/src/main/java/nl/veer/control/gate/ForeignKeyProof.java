package nl.veer.control.gate;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import nl.veer.connectors.dialect.postgres.PostgresConstraint;
import nl.veer.connectors.dialect.postgres.PostgresConstraint.Kind;
import nl.veer.connectors.dialect.postgres.PostgresDefinitions;
import nl.veer.connectors.event.TableId;

/**
 * Which of the passive side's foreign keys have to be looked at. While it follows, the server
 * checks none of them, whatever it calls validated: a key is proven where the active side enforces
 * the same one between tables of the wave, whose rows are proven to be equal. Pure.
 */
final class ForeignKeyProof {
  private ForeignKeyProof() {}

  /** The validated keys of the wave's tables that nothing has proven. */
  static List<PostgresConstraint> unproven(
      PostgresDefinitions active, PostgresDefinitions passive, Collection<TableId> tables) {
    return passive.constraints().stream()
        .filter(key -> key.kind() == Kind.FOREIGN_KEY && key.validated())
        .filter(key -> tables.contains(key.table()))
        .filter(key -> !isProven(key, active, tables))
        .toList();
  }

  private static boolean isProven(
      PostgresConstraint key, PostgresDefinitions active, Collection<TableId> tables) {
    return tables.contains(Objects.requireNonNull(key.references()))
        && active.constraints().stream()
            .anyMatch(same -> same.isSameAs(key) && same.validated() && same.enforced());
  }
}
