package nl.veer.connectors.dialect.postgres;

import static nl.veer.connectors.dialect.postgres.FenceWorld.execute;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import nl.veer.connectors.event.TableId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fences where everything has a name that wants quoting. */
class FenceNamesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String DATABASE = "Shop \"1\" o'ne";
  private static final String ROLE = "ro\\le \"o'ne\" %s";
  private static final TableId TABLE = new TableId("Sche\"ma", "Ta'ble \\ \"x\" %s");

  private static FenceWorld world;

  @BeforeAll
  static void startServer() throws SQLException {
    world = new FenceWorld();
    world.server.createDatabase(DATABASE);
    try (Connection admin = world.server.connect(DATABASE)) {
      String role = PostgresNames.quoted(ROLE);
      execute(
          admin,
          "CREATE ROLE %1$s LOGIN PASSWORD 'secret'; CREATE SCHEMA %2$s; GRANT USAGE ON SCHEMA %2$s TO PUBLIC;"
              .formatted(role, PostgresNames.quoted(TABLE.schema())));
      execute(
          admin,
          "CREATE TABLE %1$s (%2$s int, b int); GRANT INSERT ON %1$s TO app, %3$s WITH GRANT OPTION;"
              .formatted(TABLE.quoted(), PostgresNames.quoted("Co\"l"), role));
      execute(
          admin,
          "SET ROLE %3$s; GRANT INSERT (%2$s) ON %1$s TO clerk"
              .formatted(TABLE.quoted(), PostgresNames.quoted("Co\"l"), role));
    }
  }

  @AfterAll
  static void stopServer() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void stopsAndLeavesNoTrace(Kind kind) throws SQLException {
    String insert = "INSERT INTO " + TABLE.quoted() + " DEFAULT VALUES";
    try (Connection chief = world.connect(DATABASE, "chief", "veer: test")) {
      List<String> before = traces(chief);
      FencePlan plan =
          FencePlan.parse(PostgresFence.plan(chief, kind, List.of(TABLE), List.of(ROLE)).text());
      assertThat(PostgresFence.obstacles(chief, kind, List.of(TABLE), List.of(ROLE))).isEmpty();

      PostgresFence.raise(chief, plan, PATIENCE);

      assertThat(PostgresFence.isUp(chief, plan)).isTrue();
      try (Connection app = world.connect(DATABASE, "app");
          Connection exempt = world.connect(DATABASE, ROLE)) {
        assertThatThrownBy(() -> execute(app, insert)).isInstanceOf(SQLException.class);
        execute(exempt, insert);
      }
      PostgresFence.lower(chief, plan);
      assertThat(traces(chief)).isEqualTo(before);
      try (Connection app = world.connect(DATABASE, "app")) {
        execute(app, insert);
      }
    }
  }

  private static List<String> traces(Connection side) throws SQLException {
    return rows(
        side,
        """
        SELECT tgname FROM pg_trigger
        UNION ALL SELECT nspname FROM pg_namespace WHERE nspname = 'veer_fence'
        UNION ALL SELECT setconfig::text FROM pg_db_role_setting
        UNION ALL (SELECT a::text FROM pg_class c CROSS JOIN unnest(c.relacl) a
                   WHERE c.relname LIKE 'Ta''ble%' ORDER BY 1)
        UNION ALL SELECT attacl::text FROM pg_attribute WHERE attname LIKE 'Co"l'
        """);
  }
}
