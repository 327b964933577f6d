package nl.veer.connectors.dialect.postgres;

import static nl.veer.connectors.dialect.postgres.FenceWorld.ORDERS;
import static nl.veer.connectors.dialect.postgres.FenceWorld.RELATIONS;
import static nl.veer.connectors.dialect.postgres.FenceWorld.TABLES;
import static nl.veer.connectors.dialect.postgres.FenceWorld.execute;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rights;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import nl.veer.connectors.failure.Failure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** The fence of revoked rights on a real server: whom it stops, and that it gives all back. */
class RevokeFenceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CASES = 25;

  /** Every form that a right can have: defaults, PUBLIC, columns, options, rights given on. */
  private static final String ODD_RIGHTS =
      """
      SET ROLE shop_owner;
      GRANT INSERT, UPDATE ON shop.orders TO app WITH GRANT OPTION;
      GRANT UPDATE (note) ON shop.orders TO clerk WITH GRANT OPTION;
      GRANT INSERT (id, note), UPDATE (id), SELECT (note) ON shop.orders TO anyone;
      GRANT INSERT (note), REFERENCES (id) ON shop.notes TO PUBLIC;
      REVOKE DELETE ON shop.notes FROM shop_owner;
      GRANT TRUNCATE ON shop.events_2a TO clerk;
      CREATE TABLE shop.events_2b PARTITION OF shop.events_2 FOR VALUES FROM (2000) TO (3000);
      SET ROLE app;
      GRANT INSERT ON shop.orders TO clerk WITH GRANT OPTION;
      GRANT UPDATE (id) ON shop.orders TO clerk, PUBLIC;
      GRANT UPDATE ON shop.orders TO nightly;
      SET ROLE clerk;
      GRANT INSERT ON shop.orders TO anyone;
      GRANT INSERT (note) ON shop.orders TO nightly;
      GRANT UPDATE (note) ON shop.orders TO anyone;
      RESET ROLE;
      """;

  private static FenceWorld world;

  private String database;
  private Connection veer;

  @BeforeAll
  static void startServer() throws SQLException {
    world = new FenceWorld();
  }

  @AfterAll
  static void stopServer() {
    world.close();
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    database = world.database();
    veer = world.veer(database);
  }

  @AfterEach
  void endSession() throws SQLException {
    veer.close();
  }

  @Test
  void refusesEveryKindOfWriteFromOwnerGranteesAndPublic() throws SQLException {
    asChief("GRANT UPDATE (note), INSERT (note) ON shop.orders, shop.events, shop.notes TO clerk");
    raised();

    for (String role : List.of("shop_owner", "app", "clerk", "anyone")) {
      try (Connection client = world.connect(database, role)) {
        for (String relation : RELATIONS) {
          refused(client, "INSERT INTO shop." + relation + " (note) VALUES ('x')");
          refused(client, "UPDATE shop." + relation + " SET note = 'x'");
          refused(client, "DELETE FROM shop." + relation);
          refused(client, "TRUNCATE shop." + relation);
          refused(() -> copy(client, relation));
        }
      }
    }
  }

  @Test
  void letsReadersVeerAndExemptRolesPassAsBefore() throws SQLException {
    asChief("REVOKE ALL ON ALL TABLES IN SCHEMA shop FROM PUBLIC");
    asChief(
        "GRANT INSERT (id, note) ON shop.orders TO nightly; REVOKE TRUNCATE ON shop.orders FROM"
            + " nightly");
    raised();

    try (Connection nightly = world.connect(database, "nightly");
        Connection app = world.connect(database, "app")) {
      execute(nightly, "INSERT INTO shop.events VALUES (2, 'x')");
      execute(nightly, "UPDATE shop.orders SET note = 'x'");
      refused(nightly, "TRUNCATE shop.orders");
      for (String relation : RELATIONS) {
        execute(veer, "DELETE FROM shop." + relation);
        execute(veer, "TRUNCATE shop." + relation);
      }
      assertThat(rows(app, "SELECT id FROM shop.orders")).isEmpty();
    }
  }

  @Test
  void givesEveryRightBackWithItsGrantorAndOption() throws SQLException {
    asChief(ODD_RIGHTS + "GRANT app, clerk TO veer");
    List<String> before = rights(veer);
    FencePlan plan = FencePlan.parse(plan().text());
    assertThat(PostgresFence.obstacles(veer, Kind.REVOKE, TABLES, List.of("nightly"))).isEmpty();
    PostgresFence.lower(veer, plan);
    assertThat(rights(veer)).isEqualTo(before);

    for (int trip = 0; trip < 3; trip++) {
      PostgresFence.raise(veer, plan, PATIENCE);
      PostgresFence.raise(veer, plan, PATIENCE);
      assertThat(PostgresFence.isUp(veer, plan)).isTrue();
      assertThat(rights(veer)).isNotEqualTo(before);
      try (Connection nightly = world.connect(database, "nightly")) {
        execute(nightly, "UPDATE shop.orders SET note = 'x'");
        execute(nightly, "INSERT INTO shop.orders (note, id) VALUES ('x', 100 + " + trip + ")");
      }

      PostgresFence.lower(veer, plan);
      PostgresFence.lower(veer, plan);

      assertThat(PostgresFence.isUp(veer, plan)).isFalse();
      assertThat(rights(veer)).isEqualTo(before);
    }
    asChief("REVOKE app, clerk FROM veer");
  }

  @Test
  void givesAnyRightsBackExactly() throws SQLException {
    long seed = Long.getLong("veer.seed", 20_260);
    Random random = new Random(seed);
    asChief("GRANT app, clerk, anyone, nightly TO veer");
    for (int i = 0; i < CASES; i++) {
      world.asChief(database, chief -> RandomGrants.apply(chief, random));
      for (String obstacle : PostgresFence.obstacles(veer, Kind.REVOKE, TABLES)) {
        // The server lets rights of columns outlive the option that they rest on.
        assertThat(obstacle).contains("has no grant option any more");
        asChief(obstacle.substring(obstacle.lastIndexOf(": ") + 2));
      }
      List<String> before = rights(veer);
      FencePlan plan = plan();

      PostgresFence.raise(veer, plan, PATIENCE);
      assertThat(PostgresFence.isUp(veer, plan)).as("case %d of seed %d", i, seed).isTrue();
      PostgresFence.lower(veer, plan);

      assertThat(rights(veer)).as("case %d of seed %d", i, seed).isEqualTo(before);
    }
    asChief("REVOKE app, clerk, anyone, nightly FROM veer");
  }

  @Test
  void takesNothingThatItCouldNotGiveBack() throws SQLException {
    asChief(
        """
        GRANT UPDATE ON shop.orders TO app WITH GRANT OPTION;
        SET ROLE app; GRANT UPDATE (note) ON shop.orders TO clerk; RESET ROLE;
        REVOKE GRANT OPTION FOR UPDATE ON shop.orders FROM app;
        """);
    List<String> before = rights(veer);

    List<String> obstacles = PostgresFence.obstacles(veer, Kind.REVOKE, TABLES);
    assertThat(obstacles).singleElement().asString().contains("app, which has no grant option");
    FencePlan plan = plan();
    assertThatThrownBy(() -> PostgresFence.raise(veer, plan, PATIENCE))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("FENCE_STALE"));

    assertThat(rights(veer)).isEqualTo(before);
  }

  @Test
  void raisesAndLowersAsASuperuserToo() throws SQLException {
    asChief(ODD_RIGHTS);
    try (Connection chief = world.connect(database, "chief", "veer: shop/main test")) {
      List<String> before = rights(chief);
      FencePlan plan = PostgresFence.plan(chief, Kind.REVOKE, TABLES, List.of());
      PostgresFence.raise(chief, plan, PATIENCE);
      try (Connection owner = world.connect(database, "shop_owner")) {
        refused(owner, "INSERT INTO shop.orders VALUES (9, 'x')");
      }

      PostgresFence.lower(chief, plan);

      assertThat(rights(chief)).isEqualTo(before);
    }
  }

  @Test
  void leavesOutRolesAndTablesThatAreGone() throws SQLException {
    asChief("CREATE ROLE temp LOGIN; GRANT INSERT ON shop.orders, shop.notes TO temp");
    FencePlan plan = raised();
    asChief("DROP OWNED BY temp; DROP ROLE temp; DROP TABLE shop.events_2a");

    PostgresFence.lower(veer, plan);

    try (Connection app = world.connect(database, "app")) {
      execute(app, "INSERT INTO shop.orders VALUES (9, 'x')");
    }
  }

  @Test
  void isNotUpWhenARightIsGrantedOrAPartitionMadeMeanwhile() throws SQLException {
    FencePlan plan = raised();
    asChief("GRANT INSERT (note) ON shop.notes_child TO clerk");
    assertThat(PostgresFence.isUp(veer, plan)).isFalse();
    asChief("REVOKE INSERT (note) ON shop.notes_child FROM clerk");
    assertThat(PostgresFence.isUp(veer, plan)).isTrue();

    asChief(
        "SET ROLE shop_owner; CREATE TABLE shop.events_3 PARTITION OF shop.events FOR VALUES FROM"
            + " (3000) TO (4000)");

    assertThat(PostgresFence.isUp(veer, plan)).isFalse();
  }

  @Test
  void takesNothingWhenRightsHaveChangedSinceThePlan() throws SQLException {
    FencePlan plan = plan();
    asChief("GRANT INSERT ON shop.orders TO clerk");
    List<String> before = rights(veer);

    assertThatThrownBy(() -> PostgresFence.raise(veer, plan, PATIENCE))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("FENCE_STALE"));

    assertThat(rights(veer)).isEqualTo(before);
  }

  @Test
  void takesNothingWhileSomebodyElseChangesRights() throws SQLException {
    FencePlan plan = plan();
    List<String> before = rights(veer);
    try (Connection chief = world.connect(database, "chief")) {
      chief.setAutoCommit(false);
      execute(chief, "GRANT INSERT ON shop.notes TO clerk");

      assertThatThrownBy(() -> PostgresFence.raise(veer, plan, Duration.ofMillis(200)))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("FENCE_LOCKED"));
      chief.rollback();
    }
    assertThat(rights(veer)).isEqualTo(before);
  }

  @Test
  void refusesTheNewTablesOfATransactionThatIsOpen() throws SQLException {
    try (Connection app = world.connect(database, "app")) {
      app.setAutoCommit(false);
      execute(app, "INSERT INTO shop.notes VALUES (3, 'x')");
      raised();
      List<Writer> writers = PostgresWriters.on(veer, TABLES);
      assertThat(writers).extracting(Writer::user).containsExactly("app");

      refused(app, "INSERT INTO shop.orders VALUES (3, 'x')");
      app.rollback();
      assertThat(PostgresWriters.left(veer, TABLES, writers)).isEmpty();
    }
  }

  @Test
  void namesWhoWouldGetPastIt() throws SQLException {
    asChief(
        "CREATE ROLE loader LOGIN IN ROLE pg_write_all_data; CREATE ROLE twin LOGIN IN ROLE veer");
    try (Connection chief = world.connect(database, "chief");
        Connection till = world.connect(database, "veer", "till")) {
      List<String> obstacles =
          PostgresFence.obstacles(veer, Kind.REVOKE, TABLES, List.of("nightly"));

      assertThat(obstacles)
          .satisfiesExactlyInAnyOrder(
              text -> assertThat(text).contains("chief is a superuser").contains("1 sessions"),
              text -> assertThat(text).contains("REVOKE pg_write_all_data FROM loader;"),
              text -> assertThat(text).contains("REVOKE veer FROM twin;"),
              text -> assertThat(text).contains("1 sessions that are not Veer's"));
      assertThat(till.isValid(1)).isTrue();
      execute(chief, "DROP ROLE loader; DROP ROLE twin");
    }
  }

  @Test
  void namesGrantorsWhoCouldNotGiveBack() throws SQLException {
    asChief(
        """
        CREATE ROLE former LOGIN; CREATE ROLE stray LOGIN;
        GRANT INSERT, DELETE ON shop.orders TO former, stray, app WITH GRANT OPTION;
        SET ROLE former; GRANT INSERT ON shop.orders TO clerk; RESET ROLE;
        SET ROLE app; GRANT DELETE ON shop.orders TO clerk; RESET ROLE;
        SET ROLE stray; GRANT INSERT ON shop.orders TO anyone; RESET ROLE;
        GRANT shop_owner TO former;
        GRANT stray, former TO veer;
        REVOKE USAGE ON SCHEMA shop FROM PUBLIC;
        GRANT USAGE ON SCHEMA shop TO app, former;
        """);

    List<String> obstacles = PostgresFence.obstacles(veer, Kind.REVOKE, List.of(ORDERS));

    assertThat(obstacles)
        .satisfiesExactlyInAnyOrder(
            text -> assertThat(text).contains(": REVOKE shop_owner FROM former;"),
            text -> assertThat(text).contains(": GRANT app TO veer;"),
            text -> assertThat(text).contains(": GRANT USAGE ON SCHEMA shop TO stray;"));
    for (String obstacle : obstacles) {
      asChief(obstacle.substring(obstacle.lastIndexOf(": ") + 2));
    }
    assertThat(PostgresFence.obstacles(veer, Kind.REVOKE, List.of(ORDERS))).isEmpty();
    asChief("REVOKE app, stray, former FROM veer");
  }

  @Test
  void asksForTheOwnersRole() throws SQLException {
    asChief("REVOKE shop_owner FROM veer; GRANT USAGE ON SCHEMA shop TO veer");

    List<String> obstacles = PostgresFence.obstacles(veer, Kind.REVOKE, TABLES);

    assertThat(obstacles).hasSize(1);
    asChief(obstacles.get(0).substring(obstacles.get(0).lastIndexOf(": ") + 2));
    assertThat(PostgresFence.obstacles(veer, Kind.REVOKE, TABLES)).isEmpty();
  }

  private FencePlan plan() throws SQLException {
    return PostgresFence.plan(veer, Kind.REVOKE, TABLES, List.of("nightly"));
  }

  private FencePlan raised() throws SQLException {
    FencePlan plan = plan();
    PostgresFence.raise(veer, plan, PATIENCE);
    assertThat(PostgresFence.isUp(veer, plan)).isTrue();
    return plan;
  }

  private void asChief(String sql) throws SQLException {
    world.asChief(database, sql);
  }

  private static void refused(Connection client, String sql) {
    refused(() -> execute(client, sql));
  }

  private static void refused(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("42501"));
  }

  private static void copy(Connection client, String relation) throws Exception {
    client
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY shop." + relation + " (note) FROM STDIN", new StringReader("x\n"));
  }

  /** Grants and revocations as people make them, some of which the server refuses. */
  private static final class RandomGrants {
    private static final List<String> ROLES =
        List.of("shop_owner", "app", "clerk", "anyone", "nightly");

    static void apply(Connection chief, Random random) throws SQLException {
      int done = 0;
      while (done < 12) {
        try {
          execute(chief, "SET ROLE " + one(random, ROLES));
          execute(chief, statement(random));
          done++;
        } catch (SQLException e) {
          // It had no right to give, or rests on another: the server says so.
          assertThat(e.getSQLState()).isIn("42501", "2BP01", "0LP01");
        }
      }
    }

    private static String statement(Random random) {
      String table = one(random, List.of("orders", "events_1", "notes"));
      String privilege = one(random, List.of("INSERT", "UPDATE", "DELETE", "TRUNCATE", "ALL"));
      boolean ofColumn = random.nextInt(3) == 0 && List.of("INSERT", "UPDATE").contains(privilege);
      String what = privilege + (ofColumn ? " (" + one(random, List.of("id", "note")) + ")" : "");
      if (random.nextInt(4) == 0) {
        return "REVOKE %s%s ON shop.%s FROM %s%s"
            .formatted(
                random.nextInt(4) == 0 ? "GRANT OPTION FOR " : "",
                what,
                table,
                one(random, ROLES),
                random.nextBoolean() ? " CASCADE" : "");
      }
      boolean toAll = random.nextInt(5) == 0;
      return "GRANT %s ON shop.%s TO %s%s"
          .formatted(
              what,
              table,
              toAll ? "PUBLIC" : one(random, ROLES),
              !toAll && random.nextBoolean() ? " WITH GRANT OPTION" : "");
    }

    private static String one(Random random, List<String> of) {
      return of.get(random.nextInt(of.size()));
    }
  }
}
