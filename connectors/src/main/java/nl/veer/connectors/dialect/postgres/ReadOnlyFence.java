package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;

/**
 * Refuses by the database's default of {@code transaction_read_only}, which new sessions take, and
 * by the end of all that are open. Lowering ends those that began meanwhile too: they would stay
 * read-only. Veer's role and the exempt ones get a default of their own, which counts more.
 *
 * <p>The roles' defaults are put back last: while one of them differs, lowering has not ended.
 *
 * @param roles Veer's own and the exempt ones
 * @param before the settings that were there, by role; the database's own under {@link
 *     ReadOnlySettings#EVERYONE}
 */
record ReadOnlyFence(String database, List<String> roles, Map<String, String> before)
    implements Fence {
  /** How long lowering waits for sessions that it has ended. */
  private static final Duration LOWERING = Duration.ofSeconds(10);

  ReadOnlyFence {
    roles = List.copyOf(roles);
    before = Map.copyOf(before);
  }

  static ReadOnlyFence plan(Connection side, List<String> exempt) throws SQLException {
    List<String> roles = new ArrayList<>(exempt);
    roles.remove(PostgresRoles.session(side));
    roles.add(PostgresRoles.session(side));
    roles.retainAll(PostgresRoles.all(side));
    return new ReadOnlyFence(database(side), roles, ReadOnlySettings.read(side, roles));
  }

  private static String database(Connection side) throws SQLException {
    try (Statement statement = side.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_database()")) {
      row.next();
      return row.getString(1);
    }
  }

  static ReadOnlyFence parse(String text) {
    String database = "";
    List<String> roles = new ArrayList<>();
    Map<String, String> before = new TreeMap<>();
    for (List<String> words : FenceLines.words(text)) {
      switch (words.get(0)) {
        case "database" -> database = words.get(1);
        case "role" -> roles.add(words.get(1));
        case "before" -> before.put(words.get(1), words.get(2));
        default -> FenceLines.requireHeading(words, Kind.READ_ONLY);
      }
    }
    return new ReadOnlyFence(database, roles, before);
  }

  @Override
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(FencePlan.heading(Kind.READ_ONLY));
    lines.add(FenceLines.line("database", database));
    roles.forEach(role -> lines.add(FenceLines.line("role", role)));
    new TreeMap<>(before)
        .forEach((role, value) -> lines.add(FenceLines.line("before", role, value)));
    return FenceLines.text(lines);
  }

  /** There is nothing to do ahead. */
  @Override
  public void prepare(Connection side, Duration lockWait) {}

  @Override
  public void raise(Connection side, Duration lockWait) throws SQLException {
    Patience patience = new Patience(lockWait);
    try {
      OwnTransaction.run(
          side,
          () -> {
            limit(side, patience.left());
            for (String role : roles) {
              ReadOnlySettings.set(side, database, role, "off");
            }
            ReadOnlySettings.set(side, database, ReadOnlySettings.EVERYONE, "on");
          });
    } catch (SQLException e) {
      if (FenceFailures.isLock(e)) {
        throw FenceFailures.rightsLocked(lockWait);
      }
      throw e;
    }
    ForeignSessions.end(side, exempt(side), patience);
  }

  @Override
  public void lower(Connection side) throws SQLException {
    if (ReadOnlySettings.read(side, roles).equals(before)) {
      return;
    }
    restore(side, List.of(ReadOnlySettings.EVERYONE));
    ForeignSessions.end(side, exempt(side), new Patience(LOWERING));
    restore(side, roles);
  }

  private void restore(Connection side, List<String> whose) throws SQLException {
    List<String> alive = new ArrayList<>(PostgresRoles.all(side));
    alive.add(ReadOnlySettings.EVERYONE);
    OwnTransaction.run(
        side,
        () -> {
          limit(side, LOWERING);
          for (String role : whose) {
            if (alive.contains(role)) {
              ReadOnlySettings.set(side, database, role, before.get(role));
            }
          }
        });
  }

  @Override
  public boolean isUp(Connection side) throws SQLException {
    return "on".equals(ReadOnlySettings.read(side, roles).get(ReadOnlySettings.EVERYONE))
        && ReadOnlySettings.writable(side, roles).isEmpty();
  }

  /** Whose sessions go on. Veer's own role has sessions of others perhaps, which do not. */
  private List<String> exempt(Connection side) throws SQLException {
    List<String> exempt = new ArrayList<>(roles);
    exempt.remove(PostgresRoles.session(side));
    return exempt;
  }

  private static void limit(Connection side, Duration wait) throws SQLException {
    try (Statement statement = side.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + Math.max(1, wait.toMillis()));
    }
  }
}
