package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.TableFamilies.Member;
import nl.veer.connectors.event.TableId;

/** A fence's function and triggers in the catalog. Each change is a transaction of its own. */
final class FenceTriggers {
  /** Keeps two fences from making or dropping the schema at once; any fixed number of our own. */
  private static final String SCHEMA_LOCK = "SELECT pg_advisory_xact_lock(2334102057)";

  private static final String BODY =
      """
      SELECT p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = 'veer_fence' AND p.proname = ?
      """;

  private static final String TRIGGERS =
      """
      SELECT t.tgrelid, rn.nspname, r.relname, t.tgenabled = 'A' AND t.tgtype = ?
      FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
           JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_class r ON r.oid = t.tgrelid
           JOIN pg_namespace rn ON rn.oid = r.relnamespace
      WHERE n.nspname = 'veer_fence' AND p.proname = ?
      ORDER BY 2, 3
      """;

  /** Ours by its comment, and with nothing in it. */
  private static final String DROPPABLE =
      """
      SELECT FROM pg_namespace n
      WHERE n.nspname = 'veer_fence' AND obj_description(n.oid, 'pg_namespace') = ?
        AND pg_has_role(n.nspowner, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid)
      """;

  private final TriggerStatements statements;

  FenceTriggers(TriggerStatements statements) {
    this.statements = statements;
  }

  /** One that lets everyone pass, unless there is one. */
  void createFunction(Connection side) throws SQLException {
    OwnTransaction.run(
        side,
        () -> {
          execute(side, SCHEMA_LOCK);
          if (!exists(
              side, "SELECT FROM pg_namespace WHERE nspname = ?", TriggerStatements.SCHEMA)) {
            execute(side, "CREATE SCHEMA " + TriggerStatements.SCHEMA);
            execute(
                side,
                "COMMENT ON SCHEMA %s IS %s"
                    .formatted(
                        TriggerStatements.SCHEMA,
                        PostgresNames.literal(TriggerStatements.MADE_BY_VEER)));
          }
          if (!hasFunction(side)) {
            execute(side, statements.function(TriggerStatements.OPEN_BODY));
          }
        });
  }

  /** What the function does from now on. */
  void become(Connection side, String body) throws SQLException {
    if (!is(side, body)) {
      OwnTransaction.run(side, () -> execute(side, statements.function(body)));
    }
  }

  boolean hasFunction(Connection side) throws SQLException {
    return exists(side, BODY, statements.function());
  }

  /** Whether this is what the function does. */
  boolean is(Connection side, String body) throws SQLException {
    try (PreparedStatement query = side.prepareStatement(BODY)) {
      query.setString(1, statements.function());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getString(1).equals(body);
      }
    }
  }

  /** Those without a trigger that always fires. */
  List<Member> uncovered(Connection side, TableFamilies families) throws SQLException {
    Set<Long> covered = new HashSet<>();
    try (PreparedStatement query = triggers(side);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        if (row.getBoolean(4)) {
          covered.add(row.getLong(1));
        }
      }
    }
    return families.members().stream().filter(member -> !covered.contains(member.oid())).toList();
  }

  /** All that have one, in a fixed order. */
  List<TableId> relations(Connection side) throws SQLException {
    List<TableId> relations = new ArrayList<>();
    try (PreparedStatement query = triggers(side);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        relations.add(new TableId(row.getString(2), row.getString(3)));
      }
    }
    return relations;
  }

  private PreparedStatement triggers(Connection side) throws SQLException {
    PreparedStatement query = side.prepareStatement(TRIGGERS);
    query.setInt(1, TriggerStatements.TYPE);
    query.setString(2, statements.function());
    return query;
  }

  /** Anew if there is one that somebody has changed. */
  void create(Connection side, Member member, Duration lockWait) throws SQLException {
    OwnTransaction.run(
        side,
        () -> {
          limit(side, lockWait);
          if (exists(
              side,
              "SELECT FROM pg_trigger WHERE tgrelid::bigint = " + member.oid() + " AND tgname = ?",
              statements.trigger())) {
            execute(side, statements.drop(member.name()));
          }
          execute(side, statements.create(member.name(), member.table()));
          execute(side, statements.enable(member.name()));
        });
  }

  void drop(Connection side, TableId relation, Duration lockWait) throws SQLException {
    OwnTransaction.run(
        side,
        () -> {
          limit(side, lockWait);
          execute(side, statements.drop(relation));
        });
  }

  void dropFunction(Connection side) throws SQLException {
    OwnTransaction.run(side, () -> execute(side, statements.dropFunction()));
  }

  /** If Veer has made it, and nothing is in it any more. */
  void dropSchema(Connection side) throws SQLException {
    OwnTransaction.run(
        side,
        () -> {
          execute(side, SCHEMA_LOCK);
          if (exists(side, DROPPABLE, TriggerStatements.MADE_BY_VEER)) {
            execute(side, "DROP SCHEMA " + TriggerStatements.SCHEMA);
          }
        });
  }

  private static void limit(Connection side, Duration lockWait) throws SQLException {
    execute(side, "SET LOCAL lock_timeout = " + lockWait.toMillis());
  }

  private static boolean exists(Connection side, String query, String parameter)
      throws SQLException {
    try (PreparedStatement statement = side.prepareStatement(query)) {
      statement.setString(1, parameter);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void execute(Connection side, String sql) throws SQLException {
    try (Statement statement = side.createStatement()) {
      statement.execute(sql);
    }
  }
}
