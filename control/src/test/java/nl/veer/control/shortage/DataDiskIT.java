package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.control.cli.Veer;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleLaunch;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of Veer's own files is full: it says so, or does not need it; nothing is lost. */
class DataDiskIT {
  private static final int CONFIGURATION = 2;

  @TempDir private Path directory;

  @Test
  @AtOnce
  void anEmbeddedBrokerWithoutRoomEndsTheRunAndTheNextOneGoesOn() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(directory.resolve("data"), 256);
        CrossingWorld world = CrossingWorld.with(Losses.TABLES);
        RoleHome home = embedded(world, disk.path())) {
      world.onSource("INSERT INTO t SELECT i, 'v' FROM generate_series(1, 1000) i");
      RoleProcess run = home.start(RoleLaunch.of(Role.RUN).withHeap("512m"));
      awaitEqual(world, run);

      disk.fill();
      world.onSource(
          "INSERT INTO trail SELECT repeat(md5(i::text), 100) FROM generate_series(1, 3000) i");
      assertThat(run.awaitExit()).as(run.output()).isEqualTo(CONFIGURATION);
      assertThat(run.output()).contains("[EMBEDDED_LOG]");

      disk.fill();
      RoleProcess full = home.start(RoleLaunch.of(Role.RUN).withHeap("512m"));
      assertThat(full.awaitExit()).as(full.output()).isEqualTo(CONFIGURATION);
      assertThat(full.output()).containsAnyOf("Cannot write", "the disk full");

      disk.giveRoom();
      RoleProcess again = home.start(RoleLaunch.of(Role.RUN).withHeap("512m"));
      world.onSource("INSERT INTO t VALUES (5000, 'at last')");
      awaitEqual(world, again);
    }
  }

  /** The disk holds the log file, what is printed, the configuration and the process's file. */
  @Test
  @AtOnce
  void aRunThatCannotWriteItsLogFileGoesOnAndEndsCleanly() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(directory.resolve("home"), 4);
        CrossingWorld world = CrossingWorld.with(Losses.TABLES);
        RoleHome home = RoleHome.of(world, disk.path())) {
      RoleProcess run = home.start(Role.RUN);
      world.onSource("INSERT INTO t VALUES (1, 'once')");
      awaitEqual(world, run);

      disk.fill();
      long before = Files.size(home.log(Role.RUN));
      // Each end of a session is worth some lines.
      for (int i = 0; i < 3; i++) {
        world.onSource(
            "SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots WHERE"
                + " active AND slot_name = '"
                + world.wave.slot()
                + "'",
            "INSERT INTO trail VALUES ('behind it')");
        awaitEqual(world, run);
      }
      assertThat(Files.size(home.log(Role.RUN))).isLessThan(before + 4096);
      assertThat(veer(home, "status")).isZero();
      assertThat(run.end()).as(run.output()).isZero();
      assertThat(disk.path().resolve("veer-data")).isDirectoryNotContaining("glob:**.pid");

      disk.giveRoom();
      RoleProcess again = home.start(Role.RUN);
      world.onSource("INSERT INTO t VALUES (2, 'with a log again')");
      awaitEqual(world, again);
      assertThat(again.end()).as(again.output()).isZero();
      assertThat(Files.readAllLines(home.log(Role.RUN)))
          .last()
          .asString()
          .contains("veer run ends");
    }
  }

  private static int veer(RoleHome home, String command) {
    return Veer.commandLine()
        .setOut(new PrintWriter(Writer.nullWriter()))
        .execute(command, "-c", home.directory().resolve("veer.yaml").toString());
  }

  private RoleHome embedded(CrossingWorld world, Path data) throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Files.writeString(home.resolve("source"), world.sourceEndpoint().password().reveal());
    Files.writeString(home.resolve("target"), world.targetEndpoint().password().reveal());
    return RoleHome.of(
        home,
        """
        migration: %s
        verification: {ledger: false}
        data: "%s"
        source: %s
        target: %s
        waves: [{name: %s, tables: {}}]
        """
            .formatted(
                world.wave.migration(),
                data,
                database(world.sourceEndpoint(), "source"),
                database(world.targetEndpoint(), "target"),
                world.wave.wave()));
  }

  private static String database(DatabaseEndpoint endpoint, String password) {
    return "{url: \"%s\", user: %s, password: \"${file:%s}\"}"
        .formatted(endpoint.url(), endpoint.user(), password);
  }

  private static void awaitEqual(CrossingWorld world, RoleProcess run) {
    CrossingWorld.await(
        "both sides to be equal",
        () -> {
          assertThat(run.isAlive()).as(run::output).isTrue();
          return isEqual(world);
        });
  }

  private static boolean isEqual(CrossingWorld world) {
    try {
      return Losses.contents(world)
          .equals(
              world.sourceText("SELECT * FROM t ORDER BY id")
                  + world.sourceText("SELECT * FROM trail ORDER BY note"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
