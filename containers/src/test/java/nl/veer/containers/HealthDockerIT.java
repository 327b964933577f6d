package nl.veer.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.MountableFile;

/** What the compose file asks its databases, of one whose first start broke off. */
@NeedsEngine
class HealthDockerIT {
  private static final Path SCRIPTS = Path.of("..", "deploy", "compose", "postgres");

  @Test
  void aDatabaseIsWellOnlyWhenItsRolesAreMade() throws Exception {
    try (PostgreSQLContainer server =
        new PostgreSQLContainer("postgres:17")
            .withUsername("postgres")
            .withEnv("SHOP_PASSWORD", "s")
            .withEnv("VEER_PASSWORD", "v")
            .withCopyFileToContainer(script("healthy.sh"), "/etc/veer/healthy.sh")
            .withCopyFileToContainer(script("roles.sh"), "/etc/veer/roles.sh")) {
      server.start();

      ExecResult before = server.execInContainer("bash", "/etc/veer/healthy.sh");
      ExecResult roles = server.execInContainer("bash", "/etc/veer/roles.sh");
      ExecResult after = server.execInContainer("bash", "/etc/veer/healthy.sh");

      assertThat(before.getExitCode()).isEqualTo(1);
      assertThat(before.getStdout()).contains("broke off", "role \"veer\" does not exist");
      assertThat(roles.getExitCode()).as(roles.getStderr()).isZero();
      assertThat(after.getExitCode()).as(after.toString()).isZero();
    }
  }

  private static MountableFile script(String name) {
    return MountableFile.forHostPath(SCRIPTS.resolve(name));
  }
}
