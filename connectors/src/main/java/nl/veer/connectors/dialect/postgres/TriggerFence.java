package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import nl.veer.connectors.dialect.postgres.TableFamilies.Member;
import nl.veer.connectors.event.TableId;

/**
 * Refuses by triggers. They are made table by table, each in a transaction of its own that holds
 * the lock of that table alone: holding several would wait in a ring with transactions that write
 * to several. Until all are there their function lets everyone pass; then one transaction that
 * locks no table changes the function, and all refuse at once. Lowering goes the same way back.
 *
 * @param id tells this fence's triggers from another one's
 * @param role Veer's own
 */
record TriggerFence(String id, String role, List<String> exempt, List<TableId> tables)
    implements Fence {
  /** While one waits for a table, everyone waits behind it: so lowering waits briefly and often. */
  private static final Duration BRIEFLY = Duration.ofMillis(200);

  /** How often that is tried for all tables, with a pause of the same length between. */
  private static final int ROUNDS = 12;

  TriggerFence {
    exempt = List.copyOf(exempt);
    tables = List.copyOf(tables);
  }

  static TriggerFence plan(Connection side, List<TableId> tables, List<String> exempt)
      throws SQLException {
    TableFamilies families = TableFamilies.read(side, tables);
    if (!families.missing().isEmpty()) {
      throw FenceFailures.stale("these tables do not exist: " + families.missing());
    }
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    return new TriggerFence(id, PostgresRoles.session(side), exempt, tables);
  }

  static TriggerFence parse(String text) {
    String id = "";
    String role = "";
    List<String> exempt = new ArrayList<>();
    List<TableId> tables = new ArrayList<>();
    for (List<String> words : FenceLines.words(text)) {
      switch (words.get(0)) {
        case "id" -> id = words.get(1);
        case "role" -> role = words.get(1);
        case "exempt" -> exempt.add(words.get(1));
        case "table" -> tables.add(new TableId(words.get(1), words.get(2)));
        default -> FenceLines.requireHeading(words, Kind.TRIGGER);
      }
    }
    return new TriggerFence(id, role, exempt, tables);
  }

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(FencePlan.heading(Kind.TRIGGER));
    lines.add(FenceLines.line("id", id));
    lines.add(FenceLines.line("role", role));
    exempt.forEach(name -> lines.add(FenceLines.line("exempt", name)));
    tables.forEach(table -> lines.add(FenceLines.line("table", table.schema(), table.name())));
    return FenceLines.text(lines);
  }

  @Override
  public void prepare(Connection side, Duration lockWait) throws SQLException {
    FenceTriggers triggers = triggers();
    triggers.createFunction(side);
    cover(side, triggers, new Patience(lockWait));
  }

  @Override
  public void raise(Connection side, Duration lockWait) throws SQLException {
    FenceTriggers triggers = triggers();
    Patience patience = new Patience(lockWait);
    triggers.createFunction(side);
    cover(side, triggers, patience);
    triggers.become(side, closedBody());
    // A partition that was made meanwhile.
    cover(side, triggers, patience);
  }

  private void cover(Connection side, FenceTriggers triggers, Patience patience)
      throws SQLException {
    for (Member member : triggers.uncovered(side, TableFamilies.read(side, tables))) {
      try {
        triggers.create(side, member, patience.left());
      } catch (SQLException e) {
        if (FenceFailures.isLock(e)) {
          throw FenceFailures.locked(side, member.name(), patience.all());
        }
        throw e;
      }
    }
  }

  @Override
  public void lower(Connection side) throws SQLException {
    FenceTriggers triggers = triggers();
    if (!triggers.hasFunction(side)) {
      triggers.dropSchema(side);
      return;
    }
    triggers.become(side, TriggerStatements.OPEN_BODY);
    List<TableId> left = triggers.relations(side);
    for (int round = 1; !left.isEmpty(); round++) {
      for (TableId relation : left) {
        dropOrLeave(side, triggers, relation);
      }
      left = triggers.relations(side);
      if (!left.isEmpty() && round == ROUNDS) {
        throw FenceFailures.remains(side, left.get(0));
      }
      if (!left.isEmpty()) {
        pause(side);
      }
    }
    triggers.dropFunction(side);
    triggers.dropSchema(side);
  }

  private static void dropOrLeave(Connection side, FenceTriggers triggers, TableId relation)
      throws SQLException {
    try {
      triggers.drop(side, relation, BRIEFLY);
    } catch (SQLException e) {
      if (!FenceFailures.isLock(e)) {
        throw e;
      }
    }
  }

  /** Lets those pass that have waited behind. */
  private static void pause(Connection side) throws SQLException {
    try (Statement statement = side.createStatement()) {
      statement.execute("SELECT pg_sleep(" + BRIEFLY.toMillis() / 1000.0 + ")");
    }
  }

  @Override
  public boolean isUp(Connection side) throws SQLException {
    FenceTriggers triggers = triggers();
    TableFamilies families = TableFamilies.read(side, tables);
    return families.missing().isEmpty()
        && triggers.is(side, closedBody())
        && triggers.uncovered(side, families).isEmpty();
  }

  private String closedBody() {
    return TriggerStatements.closedBody(role, exempt);
  }

  private FenceTriggers triggers() {
    return new FenceTriggers(new TriggerStatements(id));
  }
}
