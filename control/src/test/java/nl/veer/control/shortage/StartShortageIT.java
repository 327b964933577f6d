package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import nl.veer.control.cli.Veer;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleLaunch;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.workload.Connecting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Others hold all connections of a server at the time that Veer begins. */
class StartShortageIT {
  private static final int FAILED = 1;
  private static final int CONFIGURATION = 2;
  private static final String REMEDY = "mend: All of the server's connections are taken";

  @TempDir private static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static KeptServer crowded;

  @BeforeAll
  static void start() throws SQLException {
    crowded = new KeptServer(directory.resolve("crowded"));
    crowded.limitConnections();
  }

  @AfterAll
  static void end() {
    crowded.close();
  }

  @Test
  void aSourceThatKeepsGivingNoConnectionIsToldByCheckAndEndsTheRun() throws Exception {
    SandboxPostgres target = CrossingWorld.sandbox().target();
    try (CrossingWorld world = CrossingWorld.on(crowded.server, target, Losses.TABLES);
        RoleHome home = RoleHome.of(world, directory.resolve("source"))) {
      List<Connection> taken = taken(world::source);

      StringWriter said = new StringWriter();
      assertThat(veer(said, home, "check")).as(said.toString()).isEqualTo(FAILED);
      assertThat(said.toString()).contains("[SOURCE_UNREACHABLE]", "too many clients", REMEDY);

      RoleProcess run = home.start(RoleLaunch.of(Role.RUN).withArguments("--wait-for-source", "2"));
      assertThat(run.awaitExit()).as(run.output()).isEqualTo(CONFIGURATION);
      assertThat(run.output()).contains("source", "too many clients", "veer check");
      giveBack(taken);
    }
  }

  @Test
  void aTargetWithoutAConnectionIsToldByCheckAndWaitedForByTheRun() throws Exception {
    SandboxPostgres source = CrossingWorld.sandbox().source();
    try (CrossingWorld world = CrossingWorld.on(source, crowded.server, Losses.TABLES);
        RoleHome home = RoleHome.of(world, directory.resolve("target"))) {
      world.onSource("INSERT INTO t VALUES (1, 'there before')");
      List<Connection> taken = taken(world::target);

      StringWriter said = new StringWriter();
      assertThat(veer(said, home, "check")).as(said.toString()).isEqualTo(FAILED);
      assertThat(said.toString()).contains("[TARGET_UNREACHABLE]", "too many clients", REMEDY);

      RoleProcess run = home.start(Role.RUN);
      CrossingWorld.await(
          "the run to say that it waits",
          () -> run.output().contains("RETRYING") && run.output().contains("RESOURCES"));
      assertThat(run.output()).contains("too many clients");
      assertThat(run.isAlive()).isTrue();
      try (Connection one = taken.remove(0)) {
        giveBack(taken);
        CrossingWorld.await("the row to be carried over", () -> rows(one).equals("1"));
      }
      assertThat(run.end()).as(run.output()).isZero();
    }
  }

  private static List<Connection> taken(Connecting connecting) {
    List<Connection> taken = new ArrayList<>();
    KeptServer.takeAll(taken, connecting);
    return taken;
  }

  private static void giveBack(List<Connection> taken) throws SQLException {
    for (Connection each : taken) {
      each.close();
    }
  }

  private static String rows(Connection target) {
    try {
      return CrossingWorld.text(target, "SELECT count(*) FROM t");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static int veer(StringWriter said, RoleHome home, String command) {
    CommandLine veer = Veer.commandLine();
    veer.setOut(new PrintWriter(said));
    veer.setErr(new PrintWriter(said));
    return veer.execute(command, "-c", home.directory().resolve("veer.yaml").toString());
  }
}
