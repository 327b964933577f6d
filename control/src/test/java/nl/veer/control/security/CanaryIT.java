package nl.veer.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret and no row value in anything that a whole migration writes. Not looked into, for there
 * rows are by nature: the log's topics, the registry's schemas, the tables, and the database
 * servers' own words (ERROR, DETAIL, CONTEXT), of which only Veer's statements are held. With
 * {@code -Dsoak} by way of every case, else of the first one and some that a seed draws.
 */
class CanaryIT {
  private static final String[] TABLES = {
    "CREATE TABLE canary_client (code text PRIMARY KEY, email text, note text, number bigint)",
    "CREATE TABLE canary_parcel (id int PRIMARY KEY, content text)",
    "CREATE TYPE canary_pair AS (word text, of_one_server regclass)",
    "CREATE TABLE canary_odd (id int PRIMARY KEY)"
  };

  private static final int DRAWN = 2;

  private final Hunt hunt = new Hunt();

  @TempDir private Path directory;

  @Test
  void nothingThatAMigrationWritesHoldsASecretOrARow() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES);
        CanaryHome home = new CanaryHome(world, directory)) {
      ServerWords onSource = new ServerWords(world.servers().source());
      ServerWords onTarget = new ServerWords(world.servers().target());
      world.onSource(
          CanaryCase.insert("", Canaries.EMAIL, Canaries.NOTE, "1"),
          CanaryCase.insert("2", Canaries.EMAIL + "2", Canaries.NOTE, "2"));
      command(home, "check", 0, "SECRET_READABLE", "check");

      world.onTarget("CREATE UNIQUE INDEX load_once ON canary_client (note)");
      RoleProcess capture = home.start(Role.CAPTURE);
      RoleProcess replicator = home.start(Role.REPLICATE);
      Shore shore = new Shore(world);
      shore.await(
          "the load's incident", () -> says(replicator, 0, "CONSTRAINT"), capture, replicator);
      world.onTarget("DROP INDEX load_once");
      shore.awaitLoaded(capture, replicator);
      shore.awaitApplied(capture, replicator);

      for (CanaryCase each : cases()) {
        incident(world, shore, each, capture, replicator);
      }
      world.onSource(
          "INSERT INTO canary_parcel SELECT 1, repeat('" + Canaries.LONG + "', 100000)",
          "ALTER TABLE canary_odd ADD pair canary_pair",
          "INSERT INTO canary_odd VALUES (7, ('" + Canaries.ODD + "', 'pg_class'))");
      shore.await(
          "refusals of the source's rows",
          () -> says(capture, 0, "canary_parcel") && says(capture, 0, "canary_odd"),
          capture,
          replicator);

      command(home, "status", 0, world.wave.wave(), "status");
      command(home, "status --json", 0, world.wave.wave(), "status", "--json");
      for (RoleProcess role : List.of(capture, replicator)) {
        Programs.signal(role.pid(), "QUIT");
        lookAtProcess(role);
      }
      sessions(world, home);
      CrossingWorld.await("a dump of threads", () -> capture.output().contains("Full thread dump"));
      lookAtFiles();
      PrivateModes.assertPrivate(directory.resolve("veer-data"));
      assertThat(replicator.end()).isZero();
      assertThat(capture.end()).isZero();
      command(home, "drop", 0, world.wave.wave(), "drop", "--yes");

      hunt.look("stdout of capture", "canary_odd", capture.output());
      hunt.look("stdout of replicate", "canary_client", replicator.output());
      lookAtFiles();
      hunt.look("statements on the source", "canary_client", onSource.statements());
      hunt.look("statements on the target", "canary_client", onTarget.statements());
      assertThat(onTarget.ownWords()).contains(Canaries.NOTE, Canaries.EMAIL);
      hunt.assertNothingEscaped();
    }
  }

  @Test
  void aWrongPasswordEndsTheProcessAndIsNotTold() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(TABLES);
        CanaryHome home = new CanaryHome(world, directory)) {
      Files.writeString(directory.resolve("source-password"), Canaries.WRONG_PASSWORD);

      RoleProcess capture = home.start(Role.CAPTURE);

      assertThat(capture.awaitExit()).as(capture.output()).isEqualTo(2);
      hunt.look("stdout", "28P01", capture.output());
      hunt.look("log", "", home.log(Role.CAPTURE));
      command(home, "check", 1, "SOURCE_UNREACHABLE", "check");
      hunt.assertNothingEscaped();
    }
  }

  @Test
  void whatInitWritesIsItsOwnersAlone() throws Exception {
    Path file = directory.resolve("new").resolve("veer.yaml");
    Files.createDirectories(file.getParent());

    VeerCommand init =
        VeerCommand.run(directory, CanaryHome.ENVIRONMENT, "init", "-c", file.toString());

    assertThat(init.exitCode()).as(init.output()).isZero();
    assertThat(PrivateModes.of(file)).isEqualTo("rw-------");
  }

  private static List<CanaryCase> cases() {
    if (Boolean.getBoolean("soak")) {
      return CanaryCase.ALL;
    }
    long seed = Long.getLong("veer.seed", System.nanoTime());
    System.out.println("CanaryIT: -Dveer.seed=" + seed);
    List<CanaryCase> others = new ArrayList<>(CanaryCase.ALL.subList(1, CanaryCase.ALL.size()));
    Collections.shuffle(others, new Random(seed));
    List<CanaryCase> cases = new ArrayList<>(others.subList(0, DRAWN));
    cases.add(0, CanaryCase.ALL.get(0));
    return cases;
  }

  private void incident(
      CrossingWorld world,
      Shore shore,
      CanaryCase each,
      RoleProcess capture,
      RoleProcess replicator)
      throws SQLException {
    if (!each.onTarget().isEmpty()) {
      world.onTarget(each.onTarget());
    }
    int before = replicator.output().length();
    world.onSource(each.onSource());
    shore.await(each.toString(), () -> says(replicator, before, each.code()), capture, replicator);
    world.onTarget(each.mend());
    shore.awaitApplied(capture, replicator);
    String rows = "SELECT c::text FROM canary_client c ORDER BY code COLLATE \"C\"";
    assertThat(world.targetText(rows)).as(each.toString()).isEqualTo(world.sourceText(rows));
  }

  private static boolean says(RoleProcess role, int from, String word) {
    String said = role.output().substring(from);
    return (said.contains("INCIDENT") || said.contains("RETRYING")) && said.contains(word);
  }

  private void command(CanaryHome home, String place, int code, String known, String... arguments)
      throws IOException, InterruptedException {
    String[] all =
        Stream.concat(
                Stream.of(arguments), Stream.of("-c", directory.resolve("veer.yaml").toString()))
            .toArray(String[]::new);
    VeerCommand command = home.run(all);
    assertThat(command.exitCode()).as(command.output()).isEqualTo(code);
    hunt.look("veer " + place, known, command.output());
  }

  /** The environment holds the secrets that the user put there, and no other. */
  private void lookAtProcess(RoleProcess role) throws IOException {
    Path process = Path.of("/proc", Long.toString(role.pid()));
    hunt.look("cmdline", "veer.yaml", process.resolve("cmdline"));
    String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    assertThat(PrivateModes.of(process.resolve("environ"))).isEqualTo("r--------");
    assertThat(Canaries.in(environment))
        .containsExactlyInAnyOrder(Canaries.TARGET_PASSWORD, Canaries.JAAS_PASSWORD);
  }

  /** As others see Veer's sessions. */
  private void sessions(CrossingWorld world, CanaryHome home) throws SQLException {
    String query =
        "SELECT application_name, query FROM pg_stat_activity WHERE usename = '" + home.role + "'";
    hunt.look("sessions of the source", "veer", world.sourceText(query));
    hunt.look("sessions of the target", "veer", world.targetText(query));
    for (String table : List.of("stamp", "load")) {
      hunt.look("Veer's records", "canary_client", world.targetText("SELECT * FROM veer." + table));
    }
  }

  /** Every file that was not there before, whoever wrote it: a core file or dump would be one. */
  private void lookAtFiles() throws IOException {
    for (Path file : PrivateModes.files(directory)) {
      String name = directory.relativize(file).toString();
      if (!CanaryHome.GIVEN.contains(name)) {
        String known = name.endsWith(".pid") ? "bootstrap" : name.endsWith(".log") ? "canary_" : "";
        hunt.look("file " + name, known, file);
      }
    }
  }
}
