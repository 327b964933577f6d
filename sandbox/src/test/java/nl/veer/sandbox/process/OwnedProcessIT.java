package nl.veer.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedProcessIT {
  @TempDir Path directory;

  /** The parent in {@link #endsWhenItsParentIsKilled}. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      OwnedProcess child =
          OwnedProcess.start("child", List.of("sleep", "600"), "TERM", directory.resolve("log"));
      Path written = Files.writeString(directory.resolve("written"), child.pid() + "");
      Files.move(written, directory.resolve("pid"));
      Thread.currentThread().join();
    }
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                directory.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path file = directory.resolve("pid");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file));
    long child = Long.parseLong(Files.readString(file));
    assertThat(ProcessHandle.of(child)).isPresent();

    parent.destroyForcibly().waitFor();

    await().atMost(Duration.ofSeconds(10)).until(() -> !Programs.isRunning(child, "sleep"));
  }

  @Test
  void isNotEndedByAnotherProcessThatOnlyHasItsNumber() throws Exception {
    OwnedProcess child =
        OwnedProcess.start("child", List.of("sleep", "600"), "TERM", directory.resolve("log"));
    Path pidFile = Files.writeString(directory.resolve("pid"), child.pid() + "\n");

    StaleProcess.end(pidFile, "/somewhere/else", "TERM");
    assertThat(child.isAlive()).isTrue();

    StaleProcess.end(pidFile, "sleep 600", "TERM");
    await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
  }
}
