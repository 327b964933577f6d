package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import nl.veer.connectors.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunTest {
  private static final Duration PLENTY = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private CommandRun run(String line) {
    return new CommandRun("fence-command", line, Map.of("VEER_SIDE", "source"));
  }

  @Test
  void aShellRunsItAndItKnowsWhatItIsAbout() throws IOException {
    Path file = directory.resolve("said");

    run("echo \"$VEER_SIDE\" | tr a-z A-Z > '" + file + "'").within(PLENTY);

    assertThat(file).hasContent("SOURCE");
  }

  @Test
  void oneThatFailsIsNamedWithItsExitCode() {
    assertThatThrownBy(() -> run("exit 7").within(PLENTY))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("COMMAND_FAILED"))
        .hasMessageContaining("cutover.fence-command")
        .hasMessageContaining("exit code 7");
  }

  @Test
  void oneThatDoesNotEndIsEndedWithAllThatItHasStarted() throws Exception {
    Path pid = directory.resolve("pid");

    assertThatThrownBy(
            () -> run("sleep 600 & echo $! > '" + pid + "'; wait").within(Duration.ofMillis(300)))
        .hasMessageContaining("did not end within 300 ms");

    long child = Long.parseLong(Files.readString(pid).strip());
    assertThat(ProcessHandle.of(child).map(process -> process.onExit().join().isAlive()))
        .isNotEqualTo(java.util.Optional.of(true));
  }
}
