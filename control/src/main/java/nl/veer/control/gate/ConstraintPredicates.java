package nl.veer.control.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresConstraint;
import nl.veer.connectors.dialect.postgres.PostgresConstraint.Kind;
import nl.veer.connectors.dialect.postgres.PostgresForeignKeys;
import nl.veer.connectors.event.TableId;
import nl.veer.control.gate.Fact.Known;
import nl.veer.control.gate.Fact.NotKnown;
import nl.veer.control.gate.PredicateState.Unknown;

/** Judges what rows must obey: it must be so on the passive side as it is on the active. Pure. */
final class ConstraintPredicates {
  private final Collection<TableId> tables;

  ConstraintPredicates(Collection<TableId> tables) {
    this.tables = tables;
  }

  List<Predicate> of(Fact<DefinitionFacts> facts) {
    return List.of(
        PredicateName.CONSTRAINTS.is(facts.judged(this::constraints)),
        PredicateName.FOREIGN_KEYS_ACROSS_WAVES.is(facts.judged(this::acrossWaves)));
  }

  private PredicateState constraints(DefinitionFacts facts) {
    List<Problem> problems = new ArrayList<>();
    List<PostgresConstraint> wanted =
        facts.active().constraints().stream().filter(one -> tables.contains(one.table())).toList();
    for (PostgresConstraint one : wanted) {
      problem(one, facts).ifPresent(problems::add);
    }
    List<String> unread = new ArrayList<>();
    for (PostgresConstraint key :
        ForeignKeyProof.unproven(facts.active(), facts.passive(), tables)) {
      Fact<Long> count =
          facts.violations().getOrDefault(key, new NotKnown<>("its rows were not looked at"));
      if (count instanceof Known<Long> known) {
        violated(key, known.value()).ifPresent(problems::add);
      } else {
        unread.add(named(key) + ": " + ((NotKnown<Long>) count).why());
      }
    }
    return problems.isEmpty() && !unread.isEmpty()
        ? new Unknown(
            Few.of(unread),
            "Make sure by hand, with the side that follows at rest: drop the foreign key, and add it"
                + " again.")
        : Problem.state(problems, "%,d present and valid".formatted(wanted.size()));
  }

  private static Optional<Problem> problem(PostgresConstraint wanted, DefinitionFacts facts) {
    List<PostgresConstraint> same =
        facts.passive().constraints().stream().filter(wanted::isSameAs).toList();
    if (same.isEmpty()) {
      return Optional.of(new Problem(named(wanted) + " is missing", adding(wanted)));
    }
    PostgresConstraint best =
        same.stream().filter(one -> one.validated()).findAny().orElse(same.get(0));
    if (wanted.validated() && !best.validated()) {
      return Optional.of(new Problem(named(best) + " is not validated", validating(best)));
    }
    return wanted.enforced() && same.stream().noneMatch(PostgresConstraint::enforced)
        ? Optional.of(
            new Problem(
                named(best) + " is not enforced: its triggers are off",
                "ALTER TABLE %s ENABLE TRIGGER ALL;".formatted(best.table().quoted())))
        : Optional.empty();
  }

  private static Optional<Problem> violated(PostgresConstraint key, long rows) {
    return rows == 0
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "%s: %s%,d rows refer to nothing"
                    .formatted(
                        named(key), rows >= PostgresForeignKeys.MOST ? "at least " : "", rows),
                "Mend the rows where they are written, or drop the foreign key."));
  }

  private static String named(PostgresConstraint one) {
    return one.kind() == Kind.NOT_NULL
        ? "NOT NULL of %s.%s".formatted(one.table(), one.name())
        : "%s of %s".formatted(one.name(), one.table());
  }

  private static String adding(PostgresConstraint one) {
    return one.kind() == Kind.NOT_NULL
        ? "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;"
            .formatted(one.table().quoted(), Problem.sqlName(one.name()))
        : "ALTER TABLE %s ADD CONSTRAINT %s %s;"
            .formatted(one.table().quoted(), Problem.sqlName(one.name()), one.definition());
  }

  private static String validating(PostgresConstraint one) {
    return one.kind() == Kind.NOT_NULL
        ? adding(one)
        : "ALTER TABLE %s VALIDATE CONSTRAINT %s;"
            .formatted(one.table().quoted(), Problem.sqlName(one.name()));
  }

  /**
   * Between the cutovers of both waves, what one side of the key says lives on the other server.
   */
  private PredicateState acrossWaves(DefinitionFacts facts) {
    List<Problem> problems = new ArrayList<>();
    for (PostgresConstraint key : facts.active().constraints()) {
      if (key.kind() == Kind.FOREIGN_KEY
          && tables.contains(key.table())
              != tables.contains(Objects.requireNonNull(key.references()))) {
        problems.add(
            new Problem(
                "%s refers to %s".formatted(named(key), key.references()),
                "Put both tables into one wave; or cut the waves over one right after the other,"
                    + " and waive this."));
      }
    }
    return Problem.state(problems, "none");
  }
}
