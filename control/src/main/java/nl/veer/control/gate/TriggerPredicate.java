package nl.veer.control.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresTrigger;
import nl.veer.connectors.event.TableId;

/** Judges the triggers: what happens when somebody writes must happen there as well. Pure. */
final class TriggerPredicate {
  private final Collection<TableId> tables;

  TriggerPredicate(Collection<TableId> tables) {
    this.tables = tables;
  }

  Predicate of(Fact<DefinitionFacts> facts) {
    return PredicateName.TRIGGERS.is(facts.judged(this::state));
  }

  private PredicateState state(DefinitionFacts facts) {
    List<Problem> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<PostgresTrigger> wanted = ofWave(facts.active().triggers());
    List<PostgresTrigger> there = ofWave(facts.passive().triggers());
    for (PostgresTrigger one : wanted) {
      Optional<PostgresTrigger> same = named(there, one);
      if (same.isEmpty()) {
        problems.add(new Problem(name(one) + " is missing", one.definition() + ";"));
      } else {
        problem(one, same.get()).ifPresent(problems::add);
        if (!one.body().equals(same.get().body())) {
          notes.add("the function of %s differs".formatted(name(one)));
        }
      }
    }
    there.stream()
        .filter(one -> named(wanted, one).isEmpty())
        .forEach(one -> notes.add(name(one) + " is only there"));
    return Problem.state(
        problems,
        "%,d as on the active side%s"
            .formatted(wanted.size(), notes.isEmpty() ? "" : "; " + Few.of(notes)));
  }

  private List<PostgresTrigger> ofWave(List<PostgresTrigger> all) {
    return all.stream().filter(one -> tables.contains(one.table())).toList();
  }

  private static Optional<PostgresTrigger> named(List<PostgresTrigger> all, PostgresTrigger like) {
    return all.stream()
        .filter(one -> one.table().equals(like.table()) && one.name().equals(like.name()))
        .findFirst();
  }

  private static Optional<Problem> problem(PostgresTrigger wanted, PostgresTrigger there) {
    if (!wanted.isDefinedAs(there)) {
      return Optional.of(
          new Problem(
              name(wanted) + " is defined otherwise",
              "DROP TRIGGER %s ON %s; %s;"
                  .formatted(
                      Problem.sqlName(wanted.name()),
                      wanted.table().quoted(),
                      wanted.definition())));
    }
    if (wanted.firesForUsers() == there.firesForUsers()) {
      return Optional.empty();
    }
    return Optional.of(
        wanted.firesForUsers()
            ? new Problem(name(wanted) + " is off", switching("ENABLE", wanted))
            : new Problem(
                name(wanted) + " is on, and off on the active side", switching("DISABLE", wanted)));
  }

  private static String switching(String word, PostgresTrigger one) {
    return "ALTER TABLE %s %s TRIGGER %s;"
        .formatted(one.table().quoted(), word, Problem.sqlName(one.name()));
  }

  private static String name(PostgresTrigger one) {
    return "%s of %s".formatted(one.name(), one.table());
  }
}
