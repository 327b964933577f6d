package nl.veer.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.check.Finding;
import nl.veer.control.check.Preflight;
import nl.veer.control.check.Severity;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.StatusReader;
import nl.veer.control.status.WaveState;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRemoval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Veer with exactly the rights that the operator's guide grants, and with one less. */
class RightsIT {
  private static final String[] TABLES = {
    "CREATE TABLE orders (id int PRIMARY KEY, note text)",
    "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
    "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100)"
  };

  @TempDir private Path directory;

  /** Takes one right away, and what the check must then say. */
  private record Less(boolean source, String revoke, String grant, String remedy) {}

  @Test
  void theGrantedRightsAreEnoughForAWholeMigration() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES)) {
      GrantedRoles roles = GrantedRoles.of(world);
      VeerConfig config = roles.config(directory);
      assertThat(errors(config))
          .extracting(Finding::code)
          .containsOnly("PUBLICATION", "CREATE_RIGHT", "OWNER_RIGHT");
      String create =
          errors(config).stream()
              .filter(finding -> finding.code().equals("PUBLICATION"))
              .map(finding -> finding.remedy().replaceFirst("^[^:]*: ", ""))
              .findFirst()
              .orElseThrow();
      world.onSource(create);
      assertThat(errors(config)).isEmpty();

      world.onSource(
          "INSERT INTO orders VALUES (1, 'a'), (2, 'b')", "INSERT INTO parts VALUES (7)");
      Crossing crossing = begin(world, roles);
      crossing.awaitReplicating();
      world.onSource(
          "INSERT INTO orders VALUES (3, 'c')",
          "UPDATE orders SET note = 'B' WHERE id = 2",
          "DELETE FROM orders WHERE id = 1",
          "TRUNCATE parts");
      crossing.awaitEqual();
      MigrationStatus status = StatusReader.once(config, Clock.systemUTC());
      assertThat(status.waves().get(0).unknown()).isEmpty();
      crossing.close();

      try (OpenLog log = OpenLog.open(config)) {
        WaveRemoval removal =
            new WaveRemoval(roles.migration().source(), roles.migration().target(), log.kafka());
        removal.loadAgain(world.wave);
        Crossing again = begin(world, roles);
        again.awaitReplicating();
        again.awaitEqual();
        again.close();
        removal.drop(world.wave);
        assertThat(removal.leftPublication(world.wave)).contains(world.wave.publication());
      }
    }
  }

  @Test
  void theGrantedRightsAreEnoughForTheEcho() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES)) {
      GrantedRoles roles = GrantedRoles.of(world);
      roles.publish(List.copyOf(roles.migration().waves().get(world.wave)));
      assertThat(errors(roles.config(directory))).isEmpty();
      world.onBoth("CREATE TABLE trail (note text)");
      world.onBoth("GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON trail TO " + roles.role);
      world.onSource(
          "ALTER TABLE trail REPLICA IDENTITY FULL",
          "ALTER PUBLICATION %s ADD TABLE trail".formatted(world.wave.publication()));
      VeerConfig config = roles.withEcho().config(directory);
      assertThat(errors(config))
          .extracting(Finding::code)
          .containsExactlyInAnyOrder("PUBLICATION", "ECHO_IDENTITY");
      for (Finding finding : errors(config)) {
        world.onTarget(finding.remedy().replaceFirst("^[^:]*: ", "").replaceFirst(" --.*", ""));
      }
      assertThat(errors(config)).isEmpty();
      world.onTarget("ALTER ROLE " + roles.role + " NOREPLICATION");
      assertThat(errors(config)).extracting(Finding::code).containsExactly("REPLICATION_RIGHT");
      world.onTarget("ALTER ROLE " + roles.role + " REPLICATION");

      world.onSource("INSERT INTO orders VALUES (1, 'a')", "INSERT INTO trail VALUES ('t')");
      Crossing crossing = begin(world, roles);
      crossing.awaitReplicating();
      world.onSource("UPDATE orders SET note = 'b'", "DELETE FROM trail");
      crossing.awaitEqual();
      awaitEcho(crossing);
      crossing.close();
      try (OpenLog log = OpenLog.open(config)) {
        WaveRemoval removal =
            new WaveRemoval(roles.migration().source(), roles.migration().target(), log.kafka());
        removal.loadAgain(world.wave);
        Crossing again = begin(world, roles);
        again.awaitReplicating();
        awaitEcho(again);
        again.close();
        removal.drop(world.wave);
        assertThat(removal.leftEchoPublication(world.wave)).isEmpty();
        assertThat(world.targetText("SELECT count(*) FROM pg_publication")).isEqualTo("0");
      }
    }
  }

  private static void awaitEcho(Crossing crossing) {
    crossing.await(
        "the echo",
        () -> Objects.requireNonNull(crossing.status().echo()).state() == WaveState.CAPTURING);
  }

  @Test
  void eachRightThatIsMissingIsNamed() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES)) {
      GrantedRoles roles = GrantedRoles.of(world);
      roles.publish(List.copyOf(roles.migration().waves().get(world.wave)));
      VeerConfig config = roles.config(directory);
      assertThat(errors(config)).isEmpty();

      for (Less less : less(world, roles.role)) {
        run(world, less.source(), less.revoke());
        assertThat(errors(config))
            .as(less.revoke())
            .anySatisfy(finding -> assertThat(finding.remedy()).contains(less.remedy()));
        run(world, less.source(), less.grant());
      }
      assertThat(errors(config)).isEmpty();
    }
  }

  private static List<Less> less(CrossingWorld world, String role) {
    String database = "CONNECT ON DATABASE " + world.wave.wave();
    String quoted = '"' + role + '"';
    List<Less> all = new java.util.ArrayList<>();
    all.add(
        new Less(
            true,
            "ALTER ROLE " + role + " NOREPLICATION",
            "ALTER ROLE " + role + " REPLICATION",
            "ALTER ROLE " + quoted + " REPLICATION"));
    for (boolean source : new boolean[] {true, false}) {
      all.add(privilege(source, database, role, "GRANT CONNECT ON DATABASE"));
      all.add(
          privilege(source, "USAGE ON SCHEMA public", role, "GRANT USAGE ON SCHEMA \"public\""));
      all.add(privilege(source, "SELECT ON orders", role, "GRANT SELECT ON \"public\".\"orders\""));
    }
    all.add(privilege(true, "SELECT ON parts_1", role, "\"public\".\"parts_1\" TO"));
    for (String privilege : List.of("INSERT", "UPDATE", "DELETE", "TRUNCATE")) {
      all.add(
          privilege(
              false,
              privilege + " ON orders",
              role,
              "GRANT " + privilege + " ON \"public\".\"orders\""));
    }
    all.add(
        privilege(
            false,
            "SET ON PARAMETER session_replication_role",
            role,
            "GRANT SET ON PARAMETER session_replication_role"));
    all.add(
        new Less(
            false,
            "ALTER SCHEMA veer OWNER TO postgres",
            "ALTER SCHEMA veer OWNER TO " + role,
            "CREATE SCHEMA veer AUTHORIZATION"));
    return all;
  }

  private static Less privilege(boolean source, String what, String role, String remedy) {
    return new Less(
        source, "REVOKE " + what + " FROM " + role, "GRANT " + what + " TO " + role, remedy);
  }

  private static void run(CrossingWorld world, boolean source, String statement) throws Exception {
    if (source) {
      world.onSource(statement);
    } else {
      world.onTarget(statement);
    }
  }

  @Test
  void rowsThatAPolicyWouldHideAreNeverLoadedInPart() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES)) {
      GrantedRoles roles = GrantedRoles.of(world);
      roles.publish(List.copyOf(roles.migration().waves().get(world.wave)));
      world.onSource(
          "INSERT INTO orders VALUES (1, 'seen'), (2, 'hidden')",
          "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
          "CREATE POLICY half ON orders USING (id = 1)");
      assertThat(errors(roles.config(directory)))
          .extracting(Finding::code)
          .containsExactly("ROW_SECURITY");

      Failure failure = begin(world, roles).awaitFailure();

      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure.code()).isEqualTo("ACCESS");
      assertThat(world.targetText("SELECT count(*) FROM orders")).isEqualTo("0");

      world.onSource("ALTER ROLE " + roles.role + " BYPASSRLS");
      Crossing crossing = begin(world, roles);
      crossing.awaitReplicating();
      crossing.awaitEqual();
      crossing.close();
    }
  }

  @Test
  void columnsThatMayNotBeReadAreNeverLeftOut() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES)) {
      GrantedRoles roles = GrantedRoles.of(world);
      roles.publish(List.copyOf(roles.migration().waves().get(world.wave)));
      world.onSource(
          "INSERT INTO orders VALUES (1, 'a')",
          "REVOKE SELECT ON orders FROM " + roles.role,
          "GRANT SELECT (id) ON orders TO " + roles.role);
      assertThat(errors(roles.config(directory)))
          .extracting(Finding::code)
          .containsExactly("SELECT_RIGHT");

      Failure failure = begin(world, roles).awaitFailure();

      assertThat(failure.code()).isEqualTo("ACCESS");
      assertThat(world.targetText("SELECT count(*) FROM orders")).isEqualTo("0");
    }
  }

  private static Crossing begin(CrossingWorld world, GrantedRoles roles) throws Exception {
    return world.begin(
        Role.RUN,
        roles.migration(),
        OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry()));
  }

  private static List<Finding> errors(VeerConfig config) {
    return new Preflight(config, Clock.systemUTC())
        .run().findings().stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }
}
