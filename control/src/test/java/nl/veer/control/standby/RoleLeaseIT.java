package nl.veer.control.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases of several "processes" of this one. */
class RoleLeaseIT {
  @TempDir private Path directory;

  @Test
  void theSecondOneWaitsForTheFirstOnesEndAndSaysSoOnce() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        RoleHome home = RoleHome.of(world, directory)) {
      VeerConfig config = config(home.directory());
      List<String> said = Collections.synchronizedList(new ArrayList<>());
      try (RoleLease first = lease(world, config, Role.RUN);
          RoleLease second = lease(world, config, Role.REPLICATE);
          RoleLease other = lease(world, config, Role.CAPTURE)) {
        assertThat(first.await(new StopSignal(), said::add)).isTrue();
        assertThat(said).isEmpty();
        CompletableFuture<Boolean> turn =
            CompletableFuture.supplyAsync(() -> second.await(new StopSignal(), said::add));
        CrossingWorld.await("the second to wait", () -> !said.isEmpty());
        assertThat(Standbys.of(config)).hasSize(1).first().asString().startsWith("replicate: 1");
        assertThat(turn).isNotDone();
        assertThat(first.hasStoodBy()).isFalse();

        first.close();

        assertThat(turn.get()).isTrue();
        assertThat(second.hasStoodBy()).isTrue();
        assertThat(said).hasSize(1).first().asString().contains("Standing by");
        assertThat(other.await(new StopSignal(), said::add)).isTrue();
        assertThat(Standbys.of(config)).isEmpty();
        assertThat(second.lost()).isEmpty();
      }
    }
  }

  @Test
  void oneWhoseSessionIsEndedComesBackBeforeWhoeverStandsBy() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        RoleHome home = RoleHome.of(world, directory)) {
      VeerConfig config = config(home.directory());
      StopSignal enough = new StopSignal();
      List<String> said = Collections.synchronizedList(new ArrayList<>());
      try (RoleLease first = lease(world, config, Role.VERIFY);
          RoleLease second = lease(world, config, Role.VERIFY)) {
        assertThat(first.await(enough, said::add)).isTrue();
        CompletableFuture<Boolean> turn =
            CompletableFuture.supplyAsync(() -> second.await(enough, said::add));
        CrossingWorld.await("the second to wait", () -> !said.isEmpty());
        String before = holder(world);

        world.onTarget("SELECT pg_terminate_backend(" + before + ")");
        CrossingWorld.await("it to come back", () -> !List.of("", before).contains(holder(world)));

        assertThat(first.lost()).isEmpty();
        enough.raise();
        assertThat(turn.get()).isFalse();
      }
    }
  }

  @Test
  void aRunWithABrokerOfItsOwnStandsByForNobody() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        RoleHome home = RoleHome.of(world, directory.resolve("first"));
        RoleHome alone = RoleHome.of(directory.resolve("alone"), alone(world))) {
      try (RoleLease first = lease(world, config(home.directory()), Role.REPLICATE);
          RoleLease second = lease(world, config(alone.directory()), Role.RUN)) {
        first.await(new StopSignal(), words -> {});

        assertThatThrownBy(() -> second.await(new StopSignal(), words -> {}))
            .isInstanceOfSatisfying(
                Failure.class, refused -> assertThat(refused.code()).isEqualTo("RUNNING"))
            .hasMessageContaining("cannot go on with its log");
      }
    }
  }

  private static RoleLease lease(CrossingWorld world, VeerConfig config, Role role) {
    return RoleLease.of(config, List.of(world.wave), role);
  }

  private static VeerConfig config(Path home) {
    return ConfigFile.read(home.resolve("veer.yaml"), Map.of());
  }

  private static String alone(CrossingWorld world) {
    return """
        migration: %s
        source: {url: "%s", user: %s, password: "${file:../first/source-password}"}
        target: {url: "%s", user: %s, password: "${file:../first/target-password}"}
        waves: [{name: %s, tables: {}}]
        """
        .formatted(
            world.wave.migration(),
            world.sourceEndpoint().url(),
            world.sourceEndpoint().user(),
            world.targetEndpoint().url(),
            world.targetEndpoint().user(),
            world.wave.wave());
  }

  /** The session with an exclusive advisory lock on the target's database. */
  private static String holder(CrossingWorld world) {
    try {
      return world.targetText(
          "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
              + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
