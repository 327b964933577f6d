package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import nl.veer.connectors.dialect.postgres.RelationGrants.Need;
import nl.veer.connectors.event.TableId;

/**
 * Refuses by taking rights away, all in one transaction, and gives back what was recorded. It locks
 * no table. What is granted while the fence is up is left alone when it is lowered.
 *
 * @param exempt roles that keep their rights, Veer's own among them
 * @param relations the tables, their partitions and children, with all rights to write to them
 */
record RevokeFence(Set<String> exempt, List<TableId> tables, List<RelationGrants> relations)
    implements Fence {
  /** How long lowering waits for somebody else's GRANT on one of the tables. */
  private static final Duration LOWERING = Duration.ofSeconds(10);

  RevokeFence {
    exempt = Set.copyOf(exempt);
    tables = List.copyOf(tables);
    relations = List.copyOf(relations);
  }

  static RevokeFence plan(Connection side, List<TableId> tables, List<String> exemptRoles)
      throws SQLException {
    TableFamilies families = TableFamilies.read(side, tables);
    if (!families.missing().isEmpty()) {
      throw FenceFailures.stale("these tables do not exist: " + families.missing());
    }
    Set<String> exempt = new HashSet<>(exemptRoles);
    exempt.add(PostgresRoles.current(side));
    return new RevokeFence(exempt, tables, PostgresGrants.read(side, families, exempt));
  }

  static RevokeFence parse(String text) {
    Set<String> exempt = new HashSet<>();
    List<TableId> tables = new ArrayList<>();
    List<RelationGrants> relations = new ArrayList<>();
    for (List<String> words : FenceLines.words(text)) {
      switch (words.get(0)) {
        case "exempt" -> exempt.add(words.get(1));
        case "table" -> tables.add(new TableId(words.get(1), words.get(2)));
        case "relation" -> {
          TableId relation = new TableId(words.get(1), words.get(2));
          relations.add(new RelationGrants(relation, words.get(3), List.of(), List.of()));
        }
        case "grant" -> relations.add(withGrant(relations.remove(relations.size() - 1), words));
        case "need" -> relations.add(withNeed(relations.remove(relations.size() - 1), words));
        default -> FenceLines.requireHeading(words, Kind.REVOKE);
      }
    }
    return new RevokeFence(exempt, tables, relations);
  }

  private static RelationGrants withGrant(RelationGrants relation, List<String> words) {
    List<Grant> grants = new ArrayList<>(relation.grants());
    grants.add(
        new Grant(
            relation.relation(),
            words.get(1),
            words.get(2),
            words.get(3),
            words.get(4),
            Boolean.parseBoolean(words.get(5))));
    return new RelationGrants(relation.relation(), relation.owner(), grants, relation.needs());
  }

  private static RelationGrants withNeed(RelationGrants relation, List<String> words) {
    List<Need> needs = new ArrayList<>(relation.needs());
    needs.add(new Need(words.get(1), words.get(2), words.get(3)));
    return new RelationGrants(relation.relation(), relation.owner(), relation.grants(), needs);
  }

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(FencePlan.heading(Kind.REVOKE));
    exempt.stream().sorted().forEach(role -> lines.add(FenceLines.line("exempt", role)));
    tables.forEach(table -> lines.add(FenceLines.line("table", table.schema(), table.name())));
    for (RelationGrants relation : relations) {
      lines.add(
          FenceLines.line(
              "relation",
              relation.relation().schema(),
              relation.relation().name(),
              relation.owner()));
      for (Grant grant : relation.grants()) {
        lines.add(
            FenceLines.line(
                "grant",
                grant.column(),
                grant.grantor(),
                grant.grantee(),
                grant.privilege(),
                "" + grant.grantable()));
      }
      for (Need need : relation.needs()) {
        lines.add(FenceLines.line("need", need.role(), need.column(), need.privilege()));
      }
    }
    return FenceLines.text(lines);
  }

  /** There is nothing to do ahead: raising waits for no writer. */
  @Override
  public void prepare(Connection side, Duration lockWait) {}

  @Override
  public void raise(Connection side, Duration lockWait) throws SQLException {
    try {
      OwnTransaction.run(side, () -> takeAll(side, lockWait));
    } catch (SQLException e) {
      if (FenceFailures.isLock(e)) {
        throw FenceFailures.rightsLocked(lockWait);
      }
      throw e;
    }
  }

  private void takeAll(Connection side, Duration lockWait) throws SQLException {
    limit(side, lockWait);
    List<RelationGrants> now = PostgresGrants.read(side, TableFamilies.read(side, tables), exempt);
    if (isTaken(now)) {
      return;
    }
    requireAsPlanned(now);
    for (RelationGrants relation : relations) {
      Revocation revocation = Revocation.of(relation, exempt);
      PostgresGrants.take(side, relation, revocation.taken());
      PostgresGrants.give(side, relation, revocation.lent());
    }
    // Under way, somebody may have given what was not planned.
    if (!isTaken(PostgresGrants.read(side, TableFamilies.read(side, tables), exempt))) {
      throw FenceFailures.stale("the rights of its tables do not go away as planned, or changed");
    }
  }

  /** Grants alone: what Veer's role may do by other ways is looked at only when planning. */
  private void requireAsPlanned(List<RelationGrants> now) {
    if (!grants(now).equals(grants(relations))) {
      throw FenceFailures.stale("the wave's tables, their partitions or their rights have changed");
    }
  }

  private static Map<TableId, Set<Grant>> grants(List<RelationGrants> relations) {
    return relations.stream()
        .collect(
            Collectors.toMap(
                RelationGrants::relation, relation -> new HashSet<>(relation.grants())));
  }

  @Override
  public void lower(Connection side) throws SQLException {
    OwnTransaction.run(side, () -> giveAll(side));
  }

  /** What is gone needs nothing back: a table, or a role, which takes its rights with it. */
  private void giveAll(Connection side) throws SQLException {
    limit(side, LOWERING);
    Map<TableId, RelationGrants> now =
        PostgresGrants.read(side, TableFamilies.read(side, tables), exempt).stream()
            .collect(Collectors.toMap(RelationGrants::relation, Function.identity()));
    Set<String> roles = PostgresRoles.all(side);
    for (RelationGrants relation : relations) {
      RelationGrants found = now.get(relation.relation());
      Revocation revocation = Revocation.of(relation, exempt);
      if (found != null && isToBeGiven(relation, revocation, found.grants())) {
        PostgresGrants.take(side, relation, alive(revocation.lent(), roles));
        PostgresGrants.give(side, relation, alive(revocation.given(), roles));
      }
    }
  }

  private static boolean isToBeGiven(
      RelationGrants relation, Revocation revocation, List<Grant> found) {
    return !found.containsAll(relation.grants())
        || revocation.lent().stream().anyMatch(found::contains);
  }

  private static List<Grant> alive(List<Grant> grants, Set<String> roles) {
    return grants.stream()
        .filter(grant -> grant.grantee().isEmpty() || roles.contains(grant.grantee()))
        .filter(grant -> roles.contains(grant.grantor()))
        .toList();
  }

  @Override
  public boolean isUp(Connection side) throws SQLException {
    TableFamilies families = TableFamilies.read(side, tables);
    return families.missing().isEmpty() && isTaken(PostgresGrants.read(side, families, exempt));
  }

  /** Whether nobody but the exempt roles may write. */
  private boolean isTaken(List<RelationGrants> now) {
    return now.stream()
        .flatMap(relation -> relation.grants().stream())
        .allMatch(grant -> exempt.contains(grant.grantee()));
  }

  private static void limit(Connection side, Duration lockWait) throws SQLException {
    try (Statement statement = side.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + Math.max(1, lockWait.toMillis()));
    }
  }
}
