package nl.veer.control.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.Relation;
import nl.veer.connectors.event.TableId;

/**
 * Judges whether the way back can be made: it is made before the fence, and a cutover without it
 * could not be undone. Pure.
 */
final class WayBackPredicates {
  private final GateSide side;
  private final boolean ledger;

  /**
   * @param ledger whether the way back has an echo
   */
  WayBackPredicates(GateSide side, boolean ledger) {
    this.side = side;
    this.ledger = ledger;
  }

  List<Predicate> of(Fact<WayBackFacts> facts) {
    return List.of(
        PredicateName.REVERSE_SLOTS.is(facts.judged(this::slots)),
        PredicateName.REVERSE_RIGHTS.is(facts.judged(this::rights)));
  }

  private PredicateState slots(WayBackFacts facts) {
    List<Problem> problems = new ArrayList<>();
    room("passive", facts.passive(), side.reverseSlot(), problems);
    if (ledger) {
      room("active", facts.active(), side.reverseEchoSlot(), problems);
    }
    return Problem.state(
        problems,
        "%d free on the passive side, %d on the active"
            .formatted(free(facts.passive()), free(facts.active())));
  }

  private static void room(
      String where, PostgresPreflightSource facts, String slot, List<Problem> problems) {
    if (!facts.walLevel().equals("logical")) {
      problems.add(
          new Problem(
              "wal_level of the %s side is %s".formatted(where, facts.walLevel()),
              "ALTER SYSTEM SET wal_level = logical; -- then restart the server"));
    }
    boolean made = facts.slots().containsKey(slot);
    if (!made && free(facts) < 1) {
      problems.add(
          new Problem(
              "no replication slot is free on the %s side (%d)".formatted(where, facts.maxSlots()),
              "ALTER SYSTEM SET max_replication_slots = %d; -- then restart the server"
                  .formatted(facts.slots().size() + 1)));
    }
    boolean running = "active".equals(facts.slots().get(slot));
    if (!running && facts.maxSenders() - facts.usedSenders() < 1) {
      problems.add(
          new Problem(
              "no WAL sender is free on the %s side (%d)".formatted(where, facts.maxSenders()),
              "ALTER SYSTEM SET max_wal_senders = %d; -- then restart the server"
                  .formatted(facts.usedSenders() + 1)));
    }
  }

  private static int free(PostgresPreflightSource facts) {
    return facts.maxSlots() - facts.slots().size();
  }

  private PredicateState rights(WayBackFacts facts) {
    List<Problem> problems = new ArrayList<>();
    written(facts, problems);
    captured(facts, problems);
    return Problem.state(
        problems,
        "role %s may write the active side, role %s may capture the passive side"
            .formatted(activeUser(), passiveUser()));
  }

  private void written(WayBackFacts facts, List<Problem> problems) {
    schemas("active", facts.closedActive(), activeUser(), problems);
    if (!facts.written().mayFollow()) {
      problems.add(
          new Problem(
              "on the active side, role %s may not set session_replication_role"
                  .formatted(activeUser()),
              "GRANT SET ON PARAMETER session_replication_role TO %s; -- before 15: superuser"
                  .formatted(Problem.sqlName(activeUser()))));
    }
    if (!facts.written().mayStamp()) {
      problems.add(
          new Problem(
              "on the active side, role %s may not make the schema veer".formatted(activeUser()),
              "CREATE SCHEMA veer AUTHORIZATION %s;".formatted(Problem.sqlName(activeUser()))));
    }
    facts.written().tables().entrySet().stream()
        .filter(table -> !table.getValue().missing().isEmpty())
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(
            table -> {
              String privileges = String.join(", ", table.getValue().missing());
              problems.add(
                  new Problem(
                      "on the active side, role %s lacks %s of %s"
                          .formatted(activeUser(), privileges, table.getKey()),
                      "GRANT %s ON %s TO %s;"
                          .formatted(
                              privileges, table.getKey().quoted(), Problem.sqlName(activeUser()))));
            });
    if (ledger && !facts.echoIsMade()) {
      problems.add(
          new Problem(
              "on the active side, role %s may not make the publication %s"
                  .formatted(activeUser(), side.reverseEchoSlot()),
              "Let it own the tables and create in the database, or let their owner make it."));
    }
  }

  private void captured(WayBackFacts facts, List<Problem> problems) {
    schemas("passive", facts.closedPassive(), passiveUser(), problems);
    if (!facts.passive().mayReplicate()) {
      problems.add(
          new Problem(
              "on the passive side, role %s may not use replication".formatted(passiveUser()),
              "ALTER ROLE %s REPLICATION;".formatted(Problem.sqlName(passiveUser()))));
    }
    List<TableId> unread = tables(facts.passive().relations(), Relation::mayRead);
    if (!unread.isEmpty()) {
      problems.add(
          new Problem(
              "on the passive side, role %s may not read %s"
                  .formatted(passiveUser(), Few.of(unread)),
              "GRANT SELECT ON %s TO %s;"
                  .formatted(unread.get(0).quoted(), Problem.sqlName(passiveUser()))));
    }
    List<TableId> unowned = tables(facts.passive().relations(), Relation::mayPublish);
    if (!unowned.isEmpty() || !facts.passive().mayCreate()) {
      problems.add(
          new Problem(
              "on the passive side, role %s may not make the publication %s"
                  .formatted(passiveUser(), side.reverseSlot()),
              "Let it own the tables and create in the database, or let their owner make it."));
    }
  }

  private interface Right {
    boolean on(Relation relation);
  }

  private static List<TableId> tables(Collection<Relation> relations, Right right) {
    return relations.stream().filter(one -> !right.on(one)).map(Relation::id).sorted().toList();
  }

  private static void schemas(
      String where, Set<String> closed, String user, List<Problem> problems) {
    closed.stream()
        .sorted()
        .forEach(
            schema ->
                problems.add(
                    new Problem(
                        "on the %s side, role %s may not use the schema %s"
                            .formatted(where, user, schema),
                        "GRANT USAGE ON SCHEMA %s TO %s;"
                            .formatted(Problem.sqlName(schema), Problem.sqlName(user)))));
  }

  private String activeUser() {
    return side.active().endpoint().user();
  }

  private String passiveUser() {
    return side.passive().endpoint().user();
  }
}
