package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles as processes: they carry, they end as they are told, and start again in the same place. */
class RoleProcessIT {
  @TempDir private Path directory;

  @Test
  void aKilledRoleStartsAgainInTheSameHome() throws Exception {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY)");
        RoleHome home = RoleHome.of(world, directory)) {
      world.onSource("INSERT INTO t VALUES (1)");
      Shore shore = new Shore(world);
      RoleProcess capture = home.start(Role.CAPTURE);
      RoleProcess replicator = home.start(Role.REPLICATE);
      shore.awaitLoaded(capture, replicator);
      world.onSource("INSERT INTO t VALUES (2)");
      shore.awaitEqual(capture, replicator);

      capture.kill9();
      replicator.kill9();
      assertThat(capture.isAlive() || replicator.isAlive()).isFalse();
      world.onSource("INSERT INTO t VALUES (3)");
      capture = home.start(Role.CAPTURE);
      replicator = home.start(Role.REPLICATE);

      shore.awaitEqual(capture, replicator);
      assertThat(replicator.end()).isZero();
      assertThat(capture.end()).isZero();
      assertThat(capture.output()).contains("Stopping");
      assertThat(home.log(Role.CAPTURE)).isNotEmptyFile();
    }
  }
}
