package nl.veer.control.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresIndex;
import nl.veer.connectors.event.TableId;

/**
 * Judges the indexes: all must be built to their end, and those that keep rows unique must be
 * there. Others that are missing are named, for they may be missing on purpose. Pure.
 */
final class IndexPredicate {
  private final Collection<TableId> tables;

  IndexPredicate(Collection<TableId> tables) {
    this.tables = tables;
  }

  Predicate of(Fact<DefinitionFacts> facts) {
    return PredicateName.INDEXES.is(facts.judged(this::state));
  }

  private PredicateState state(DefinitionFacts facts) {
    List<PostgresIndex> there = ofWave(facts.passive().indexes());
    List<Problem> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (PostgresIndex one : there) {
      if (!one.valid()) {
        problems.add(
            new Problem(
                name(one) + " is invalid",
                "REINDEX INDEX %s;"
                    .formatted(new TableId(one.table().schema(), one.name()).quoted())));
      }
    }
    // What a constraint stands on is looked at with the constraints.
    for (PostgresIndex one : ofWave(facts.active().indexes())) {
      if (!one.ofConstraint() && there.stream().noneMatch(one::isSameAs)) {
        if (one.unique()) {
          problems.add(new Problem("unique " + name(one) + " is missing", one.definition() + ";"));
        } else {
          notes.add(one.name());
        }
      }
    }
    return Problem.state(
        problems,
        "%,d valid%s"
            .formatted(
                there.size(), notes.isEmpty() ? "" : "; without plain ones: " + Few.of(notes)));
  }

  private List<PostgresIndex> ofWave(List<PostgresIndex> all) {
    return all.stream().filter(one -> tables.contains(one.table())).toList();
  }

  private static String name(PostgresIndex one) {
    return "%s of %s".formatted(one.name(), one.table());
  }
}
