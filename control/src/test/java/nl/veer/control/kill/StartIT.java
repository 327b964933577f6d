package nl.veer.control.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.postgres.StopMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles that start before their servers, as after a power cut. */
@Alone
class StartIT {
  private static final String WAITS = "Waiting for it, at most 60 s: The source at";

  /** Less than a login takes to be given up. */
  private static final Duration AT_ONCE = Duration.ofSeconds(8);

  @TempDir private Path directory;

  @Test
  void rolesThatStartBeforeTheirServersBeginWhenTheseAreThere() throws Exception {
    try (SandboxPostgres source = SandboxPostgres.startTemporary();
        SandboxPostgres target = SandboxPostgres.startTemporary();
        CrossingWorld world =
            CrossingWorld.on(source, target, "CREATE TABLE t (id int PRIMARY KEY)");
        RoleHome home = RoleHome.of(world, directory)) {
      world.onSource("INSERT INTO t SELECT generate_series(1, 100)");
      source.stop(StopMode.KILL);
      target.stop(StopMode.KILL);

      RoleProcess capture = home.start(Role.CAPTURE);
      RoleProcess replicator = home.start(Role.REPLICATE);
      Shore shore = new Shore(world);
      shore.await("the capture to say it waits", () -> waits(capture), capture, replicator);
      shore.await("the replicator to say it waits", () -> waits(replicator), capture, replicator);
      source.resume();
      target.resume();

      shore.awaitLoaded(capture, replicator);
      world.onSource("INSERT INTO t VALUES (101)");
      shore.awaitEqual(capture, replicator);
      assertThat(home.log(Role.CAPTURE)).content().containsOnlyOnce(WAITS);
      assertThat(replicator.end()).isZero();
      assertThat(capture.end()).isZero();
    }
  }

  @Test
  void aRoleThatWaitsForASilentServerEndsAtOnceWhenItIsAskedTo() throws Exception {
    // Connections come about, and nobody answers them.
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        RoleHome home = RoleHome.of(directory, yaml(silent.getLocalPort()))) {
      RoleProcess run = home.start(Role.RUN);
      CrossingWorld.await("the start", () -> Files.exists(home.log(Role.RUN)));
      long begin = System.nanoTime();

      assertThat(run.end()).as(run.output()).isZero();

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
      assertThat(home.directory().resolve("veer-data/run.pid")).doesNotExist();
    }
  }

  private static boolean waits(RoleProcess role) {
    return role.output().contains(WAITS);
  }

  private static String yaml(int port) {
    return """
        migration: shop
        source: {url: "jdbc:postgresql://127.0.0.1:%d/shop", user: veer}
        target: {url: "jdbc:postgresql://127.0.0.1:1/shop", user: veer}
        waves: [{name: main, tables: {}}]
        """
        .formatted(port);
  }
}
