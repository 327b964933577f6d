package nl.veer.connectors.dialect.postgres;

import static nl.veer.connectors.dialect.postgres.FenceWorld.TABLES;
import static nl.veer.connectors.dialect.postgres.FenceWorld.execute;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fence of a read-only database on a real server. */
class ReadOnlyFenceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String SETTINGS =
      """
      SELECT coalesce(r.rolname, ''), s.setconfig
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
           LEFT JOIN pg_roles r ON r.oid = s.setrole
      WHERE d.datname = current_database() ORDER BY 1
      """;

  private static FenceWorld world;

  private String database;
  private Connection veer;

  @BeforeAll
  static void startServer() throws SQLException {
    world = new FenceWorld();
    try (Connection admin = world.server.connect("postgres")) {
      execute(admin, "GRANT pg_signal_backend, pg_read_all_stats TO veer");
      execute(admin, "ALTER ROLE veer CREATEROLE; GRANT nightly TO veer WITH ADMIN OPTION");
    }
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
  void endsOpenSessionsAndRefusesTheWritesOfNewOnes() throws SQLException {
    try (Connection idle = world.connect(database, "app");
        Connection writing = world.connect(database, "shop_owner");
        Connection elsewhere = world.server.connect("postgres")) {
      writing.setAutoCommit(false);
      execute(writing, "INSERT INTO shop.orders VALUES (5, 'x')");

      raised();

      assertThat(idle.isValid(5)).isFalse();
      assertThat(writing.isValid(5)).isFalse();
      assertThat(elsewhere.isValid(5)).isTrue();
      assertThat(PostgresWriters.on(veer, TABLES)).isEmpty();
    }
    for (String role : List.of("app", "shop_owner", "chief")) {
      try (Connection client = world.connect(database, role)) {
        refused(client, "INSERT INTO shop.orders VALUES (5, 'x')");
        refused(client, "TRUNCATE shop.events_1");
        assertThat(rows(client, "SELECT id FROM shop.orders")).containsExactly("1");
      }
    }
  }

  @Test
  void leavesVeersAndExemptRolesSessionsAlone() throws SQLException {
    try (Connection nightly = world.connect(database, "nightly");
        Connection debezium = world.connect(database, "veer", "Debezium General");
        Connection till = world.connect(database, "veer", "till")) {
      raised();

      execute(nightly, "INSERT INTO shop.orders VALUES (5, 'x')");
      assertThat(debezium.isValid(5)).isTrue();
      assertThat(till.isValid(5)).isFalse();
    }
    try (Connection nightly = world.connect(database, "nightly");
        Connection other = world.veer(database)) {
      execute(nightly, "INSERT INTO shop.orders VALUES (6, 'x')");
      execute(other, "INSERT INTO shop.orders VALUES (7, 'x')");
    }
  }

  @Test
  void putsBackWhatWasSetAndEndsTheSessionsThatBeganReadOnly() throws SQLException {
    execute(
        veer,
        """
        ALTER DATABASE %1$s SET work_mem = '8MB';
        ALTER DATABASE %1$s SET default_transaction_read_only = 'false';
        ALTER ROLE nightly IN DATABASE %1$s SET default_transaction_read_only = 'on';
        ALTER ROLE nightly IN DATABASE %1$s SET search_path = shop;
        """
            .formatted(database));
    List<String> before = rows(veer, SETTINGS);
    FencePlan plan = FencePlan.parse(plan().text());
    PostgresFence.lower(veer, plan);
    assertThat(rows(veer, SETTINGS)).isEqualTo(before);
    for (int trip = 0; trip < 2; trip++) {
      PostgresFence.raise(veer, plan, PATIENCE);
      PostgresFence.raise(veer, plan, PATIENCE);
      assertThat(PostgresFence.isUp(veer, plan)).isTrue();
      try (Connection begun = world.connect(database, "app")) {
        refused(begun, "INSERT INTO shop.orders VALUES (5, 'x')");

        PostgresFence.lower(veer, plan);
        PostgresFence.lower(veer, plan);

        assertThat(begun.isValid(5)).isFalse();
      }
      assertThat(PostgresFence.isUp(veer, plan)).isFalse();
      assertThat(rows(veer, SETTINGS)).isEqualTo(before);
      try (Connection app = world.connect(database, "app")) {
        execute(app, "INSERT INTO shop.orders VALUES (5" + trip + ", 'x')");
        execute(app, "DELETE FROM shop.orders WHERE id = 5" + trip);
      }
    }
  }

  @Test
  void leavesNoSettingWhereThereWasNone() throws SQLException {
    FencePlan plan = raised();
    assertThat(rows(veer, SETTINGS)).isNotEmpty();

    PostgresFence.lower(veer, plan);

    assertThat(rows(veer, SETTINGS)).isEmpty();
  }

  @Test
  void goesOnLoweringWhereACrashLeftIt() throws SQLException {
    FencePlan plan = raised();
    execute(veer, "ALTER DATABASE " + database + " RESET default_transaction_read_only");
    try (Connection begun = world.connect(database, "app")) {
      PostgresFence.lower(veer, plan);

      assertThat(begun.isValid(5)).isFalse();
    }
    assertThat(rows(veer, SETTINGS)).isEmpty();
  }

  @Test
  void isNotUpWhenARoleIsWritableByASettingOfItsOwn() throws SQLException {
    FencePlan plan = raised();
    try (Connection chief = world.server.connect("postgres")) {
      execute(chief, "ALTER ROLE app SET default_transaction_read_only = off");
      assertThat(PostgresFence.isUp(veer, plan)).isFalse();

      List<String> obstacles = obstacles();

      assertThat(obstacles).hasSize(1);
      execute(chief, obstacles.get(0).substring(obstacles.get(0).lastIndexOf(": ") + 2));
    }
    assertThat(PostgresFence.isUp(veer, plan)).isTrue();
  }

  @Test
  void asksForTheRightsThatItNeeds() throws SQLException {
    try (Connection chief = world.server.connect("postgres")) {
      execute(chief, "REVOKE pg_signal_backend, pg_read_all_stats, shop_owner, nightly FROM veer");
      execute(chief, "ALTER ROLE veer NOCREATEROLE");

      List<String> obstacles = obstacles();

      assertThat(obstacles).hasSize(4);
      for (String obstacle : obstacles) {
        execute(chief, obstacle.substring(obstacle.lastIndexOf(": ") + 2));
      }
    }
    assertThat(obstacles()).isEmpty();
  }

  private List<String> obstacles() throws SQLException {
    return PostgresFence.obstacles(veer, Kind.READ_ONLY, TABLES, List.of("nightly"));
  }

  private FencePlan plan() throws SQLException {
    return PostgresFence.plan(veer, Kind.READ_ONLY, TABLES, List.of("nightly"));
  }

  private FencePlan raised() throws SQLException {
    FencePlan plan = plan();
    PostgresFence.raise(veer, plan, PATIENCE);
    assertThat(PostgresFence.isUp(veer, plan)).isTrue();
    return plan;
  }

  private static void refused(Connection client, String sql) {
    assertThatThrownBy(() -> execute(client, sql))
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("25006"));
  }
}
