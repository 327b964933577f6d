package nl.veer.connectors.dialect.postgres;

import static nl.veer.connectors.dialect.postgres.FenceWorld.EVENTS;
import static nl.veer.connectors.dialect.postgres.FenceWorld.ORDERS;
import static nl.veer.connectors.dialect.postgres.FenceWorld.RELATIONS;
import static nl.veer.connectors.dialect.postgres.FenceWorld.TABLES;
import static nl.veer.connectors.dialect.postgres.FenceWorld.execute;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rights;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** The fence of triggers on a real server: whom it stops, whom it lets pass, what it leaves. */
class TriggerFenceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BRIEFLY = Duration.ofMillis(200);

  private static final String TRACES =
      """
      SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT proname FROM pg_proc WHERE proname LIKE 'refuse%'
      UNION ALL SELECT nspname FROM pg_namespace WHERE nspname = 'veer_fence'
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
  void refusesEveryKindOfWriteFromEveryone() throws SQLException {
    raised();

    for (String role : List.of("shop_owner", "app", "anyone", "chief")) {
      try (Connection client = world.connect(database, role)) {
        for (String relation : RELATIONS) {
          refused(client, "INSERT INTO shop." + relation + " VALUES (1700, 'x')");
          refused(client, "UPDATE shop." + relation + " SET note = 'x'");
          refused(client, "UPDATE shop." + relation + " SET note = 'x' WHERE false");
          refused(client, "DELETE FROM shop." + relation);
          refused(() -> copy(client, relation));
        }
      }
    }
    try (Connection owner = world.connect(database, "shop_owner")) {
      for (String relation : RELATIONS) {
        refused(owner, "TRUNCATE shop." + relation);
      }
    }
  }

  @Test
  void refusesWhatComesByAnotherWay() throws SQLException {
    execute(
        veer,
        """
        SET ROLE shop_owner;
        CREATE VIEW shop.view AS SELECT * FROM shop.orders;
        CREATE FUNCTION shop.write() RETURNS void LANGUAGE sql SECURITY DEFINER
          AS 'INSERT INTO shop.orders VALUES (7, NULL)';
        CREATE TABLE shop.customers (id int PRIMARY KEY);
        INSERT INTO shop.customers VALUES (1);
        ALTER TABLE shop.orders ADD customer int REFERENCES shop.customers ON DELETE CASCADE;
        UPDATE shop.orders SET customer = 1;
        RESET ROLE;
        """);
    raised();

    try (Connection owner = world.connect(database, "shop_owner");
        Connection chief = world.connect(database, "chief")) {
      refused(owner, "INSERT INTO shop.view VALUES (7, 'x')");
      refused(owner, "SELECT shop.write()");
      refused(owner, "DELETE FROM shop.customers");
      refused(owner, "TRUNCATE shop.customers CASCADE");
      refused(owner, "WITH w AS (DELETE FROM shop.orders RETURNING id) SELECT * FROM w");
      refused(owner, "INSERT INTO shop.orders VALUES (1) ON CONFLICT (id) DO UPDATE SET note = ''");
      refused(
          owner,
          "MERGE INTO shop.orders o USING (VALUES (1)) v(id) ON o.id = v.id"
              + " WHEN MATCHED THEN DELETE");
      execute(chief, "SET session_replication_role = replica");
      refused(chief, "INSERT INTO shop.orders VALUES (7, 'x')");
      execute(chief, "SET SESSION AUTHORIZATION app");
      refused(chief, "INSERT INTO shop.orders VALUES (7, 'x')");
    }
    assertThat(rows(veer, "SELECT id, note FROM shop.orders")).containsExactly("1 a");
  }

  @Test
  void saysWhichTableOfTheWaveAndWhatToDo() throws SQLException {
    raised();

    try (Connection app = world.connect(database, "app")) {
      assertThatThrownBy(() -> execute(app, "INSERT INTO shop.events_2a VALUES (1501, 'x')"))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("25006"))
          .hasMessageContaining("Veer refuses writes to table shop.events:")
          .hasMessageContaining("Hint: ");
    }
  }

  @Test
  void letsReadersVeersSessionsAndExemptRolesPass() throws SQLException {
    raised();

    try (Connection nightly = world.connect(database, "nightly");
        Connection app = world.connect(database, "app")) {
      execute(nightly, "INSERT INTO shop.events VALUES (2, 'x')");
      execute(nightly, "TRUNCATE shop.notes");
      execute(veer, "INSERT INTO shop.orders VALUES (2, 'x')");
      assertThat(rows(app, "SELECT id FROM shop.orders FOR SHARE")).containsExactly("1", "2");
    }
  }

  @Test
  void isNotPassedByAnApplicationThatSharesVeersRole() throws SQLException {
    raised();

    try (Connection till = world.connect(database, "veer", "till")) {
      refused(till, "INSERT INTO shop.orders VALUES (2, 'x')");
    }
  }

  @Test
  void leavesNoTraceWhateverIsRepeated() throws SQLException {
    List<String> before = rights(veer);
    FencePlan plan = FencePlan.parse(plan().text());
    assertThat(PostgresFence.isUp(veer, plan)).isFalse();
    PostgresFence.lower(veer, plan);
    PostgresFence.prepare(veer, plan, PATIENCE);
    PostgresFence.prepare(veer, plan, PATIENCE);
    assertThat(PostgresFence.isUp(veer, plan)).isFalse();
    writes();
    PostgresFence.raise(veer, plan, PATIENCE);
    PostgresFence.raise(veer, plan, PATIENCE);
    assertThat(PostgresFence.isUp(veer, plan)).isTrue();

    PostgresFence.lower(veer, plan);
    PostgresFence.lower(veer, plan);

    assertThat(PostgresFence.isUp(veer, plan)).isFalse();
    assertThat(rows(veer, TRACES)).isEmpty();
    assertThat(rights(veer)).isEqualTo(before);
    writes();
  }

  @Test
  void keepsTheSchemaForTheOtherFence() throws SQLException {
    FencePlan one = PostgresFence.plan(veer, Kind.TRIGGER, List.of(ORDERS), List.of());
    FencePlan other = PostgresFence.plan(veer, Kind.TRIGGER, List.of(EVENTS), List.of());
    PostgresFence.raise(veer, one, PATIENCE);
    PostgresFence.raise(veer, other, PATIENCE);

    PostgresFence.lower(veer, one);

    assertThat(PostgresFence.isUp(veer, other)).isTrue();
    writes();
    PostgresFence.lower(veer, other);
    assertThat(rows(veer, TRACES)).isEmpty();
  }

  @Test
  void leavesASchemaThatWasMadeForIt() throws SQLException {
    try (Connection chief = world.connect(database, "chief")) {
      execute(chief, "CREATE SCHEMA veer_fence AUTHORIZATION veer");
    }
    FencePlan plan = raised();

    PostgresFence.lower(veer, plan);

    assertThat(rows(veer, TRACES)).containsExactly("veer_fence");
  }

  @Test
  void refusesNothingWhenATableCannotBeHadAndSaysWhoHasIt() throws SQLException {
    FencePlan plan = plan();
    try (Connection app = world.connect(database, "app")) {
      app.setAutoCommit(false);
      execute(app, "INSERT INTO shop.notes VALUES (3, 'x')");

      assertThatThrownBy(() -> PostgresFence.raise(veer, plan, BRIEFLY))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("FENCE_LOCKED"))
          .hasMessageContaining("shop.notes")
          .hasMessageContaining(
              "session %d (till) of app", app.unwrap(PGConnection.class).getBackendPID());
      assertThat(PostgresFence.isUp(veer, plan)).isFalse();
      execute(app, "INSERT INTO shop.orders VALUES (3, 'x')");
      app.commit();
    }
    PostgresFence.lower(veer, plan);
    assertThat(rows(veer, TRACES)).isEmpty();
  }

  @Test
  void namesThePreparedTransactionThatIsInTheWay() throws SQLException {
    FencePlan plan = plan();
    try (Connection app = world.connect(database, "app")) {
      execute(app, "BEGIN; INSERT INTO shop.orders VALUES (3, 'x'); PREPARE TRANSACTION 'in-way'");

      assertThatThrownBy(() -> PostgresFence.raise(veer, plan, BRIEFLY))
          .hasMessageContaining("the prepared transaction 'in-way' of app");
      execute(app, "ROLLBACK PREPARED 'in-way'");
    }
    PostgresFence.raise(veer, plan, PATIENCE);
    assertThat(PostgresFence.isUp(veer, plan)).isTrue();
  }

  @Test
  void letsATransactionEndThatWroteBeforeAndRefusesItsNewTables() throws SQLException {
    FencePlan plan = plan();
    PostgresFence.prepare(veer, plan, PATIENCE);
    try (Connection app = world.connect(database, "app")) {
      app.setAutoCommit(false);
      execute(app, "INSERT INTO shop.notes VALUES (3, 'x')");

      PostgresFence.raise(veer, plan, BRIEFLY);

      List<Writer> writers = PostgresWriters.on(veer, TABLES);
      assertThat(writers).hasSize(1);
      app.commit();
      assertThat(PostgresWriters.left(veer, TABLES, writers)).isEmpty();
      refused(app, "INSERT INTO shop.notes VALUES (4, 'x')");
      app.rollback();
    }
    assertThat(rows(veer, "SELECT id FROM shop.notes WHERE id IN (3, 4)")).containsExactly("3");
  }

  @Test
  void isNotUpWhenAPartitionWasMadeMeanwhileUntilItIsRaisedAgain() throws SQLException {
    FencePlan plan = raised();
    try (Connection owner = world.connect(database, "shop_owner")) {
      execute(
          owner,
          "CREATE TABLE shop.events_3 PARTITION OF shop.events FOR VALUES FROM (3000) TO (4000)");
      refused(owner, "INSERT INTO shop.events VALUES (3001, 'x')");
      assertThat(PostgresFence.isUp(veer, plan)).isFalse();

      PostgresFence.raise(veer, plan, PATIENCE);

      assertThat(PostgresFence.isUp(veer, plan)).isTrue();
      refused(owner, "INSERT INTO shop.events_3 VALUES (3001, 'x')");
    }
    PostgresFence.lower(veer, plan);
    assertThat(rows(veer, TRACES)).isEmpty();
  }

  @Test
  void isNotUpWhenATriggerWasDisabledUntilItIsRaisedAgain() throws SQLException {
    FencePlan plan = raised();
    try (Connection owner = world.connect(database, "shop_owner")) {
      execute(owner, "ALTER TABLE shop.orders DISABLE TRIGGER ALL");
      assertThat(PostgresFence.isUp(veer, plan)).isFalse();

      PostgresFence.raise(veer, plan, PATIENCE);

      assertThat(PostgresFence.isUp(veer, plan)).isTrue();
      refused(owner, "INSERT INTO shop.orders VALUES (2, 'x')");
    }
  }

  @Test
  void acceptsWritesAtOnceWhileAReaderKeepsATriggerFromGoing() throws SQLException {
    FencePlan plan = raised();
    try (Connection reader = world.connect(database, "app")) {
      reader.setAutoCommit(false);
      rows(reader, "SELECT * FROM shop.orders");

      assertThatThrownBy(() -> PostgresFence.lower(veer, plan))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("FENCE_REMAINS"))
          .hasMessageContaining("(till) of app");

      writes();
      reader.commit();
    }
    PostgresFence.lower(veer, plan);
    assertThat(rows(veer, TRACES)).isEmpty();
  }

  @Test
  void namesWhatIsInTheWayWithTheSqlThatMendsIt() throws SQLException {
    try (Connection chief = world.connect(database, "chief")) {
      execute(chief, "REVOKE shop_owner FROM veer");
      List<String> obstacles = PostgresFence.obstacles(veer, Kind.TRIGGER, TABLES);
      assertThat(obstacles).hasSize(2);

      for (String obstacle : obstacles) {
        execute(chief, mend(obstacle));
      }

      assertThat(PostgresFence.obstacles(veer, Kind.TRIGGER, TABLES)).isEmpty();
      raised();
    }
  }

  @Test
  void namesExemptRolesTablesParentsAndSubscriptionsThatDoNotFit() throws SQLException {
    try (Connection chief = world.connect(database, "chief")) {
      execute(chief, "CREATE TABLE shop.ledger (id int, note text)");
      execute(chief, "ALTER TABLE shop.orders INHERIT shop.ledger");
      execute(
          chief,
          "CREATE SUBSCRIPTION other CONNECTION 'dbname=nowhere' PUBLICATION p"
              + " WITH (connect = false)");
      execute(
          chief,
          "SET allow_system_table_mods = on; UPDATE pg_subscription SET subenabled = true;"
              + " INSERT INTO pg_subscription_rel SELECT oid, 'shop.orders'::regclass, 'r', NULL"
              + " FROM pg_subscription");
      try {
        List<TableId> tables = new ArrayList<>(TABLES);
        tables.add(new TableId("shop", "nothing"));

        assertThat(PostgresFence.obstacles(veer, Kind.TRIGGER, tables, List.of("nobody")))
            .satisfiesExactlyInAnyOrder(
                text -> assertThat(text).contains("shop.nothing does not exist"),
                text -> assertThat(text).contains("The exempt role nobody does not exist"),
                text -> assertThat(text).contains("shop.orders inherits from shop.ledger"),
                text -> assertThat(text).contains("ALTER SUBSCRIPTION other DISABLE"));
      } finally {
        execute(
            chief,
            "ALTER SUBSCRIPTION other DISABLE; ALTER SUBSCRIPTION other SET (slot_name = NONE);"
                + " DROP SUBSCRIPTION other");
      }
    }
  }

  private static String mend(String obstacle) {
    return obstacle.substring(obstacle.lastIndexOf(": ") + 2);
  }

  private FencePlan plan() throws SQLException {
    return PostgresFence.plan(veer, Kind.TRIGGER, TABLES, List.of("nightly"));
  }

  private FencePlan raised() throws SQLException {
    FencePlan plan = plan();
    PostgresFence.raise(veer, plan, PATIENCE);
    assertThat(PostgresFence.isUp(veer, plan)).isTrue();
    return plan;
  }

  private void writes() throws SQLException {
    try (Connection app = world.connect(database, "app")) {
      assertThatCode(() -> execute(app, "UPDATE shop.orders SET note = 'y'"))
          .doesNotThrowAnyException();
    }
  }

  private static void refused(Connection client, String sql) {
    refused(() -> execute(client, sql));
  }

  private static void refused(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("25006"))
        .hasMessageContaining("Veer refuses writes to table shop.");
  }

  private static void copy(Connection client, String relation) throws Exception {
    client
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY shop." + relation + " FROM STDIN", new StringReader("1800\tx\n"));
  }
}
