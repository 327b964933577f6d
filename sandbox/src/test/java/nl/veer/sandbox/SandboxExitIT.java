package nl.veer.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the JVM that holds a sandbox ends without closing it. */
class SandboxExitIT {
  @TempDir Path directory;
  private final List<Process> worlds = new ArrayList<>();

  /** The JVM that ends. */
  static final class World {
    private World() {}

    public static void main(String[] arguments) throws Exception {
      Path report = Path.of(arguments[0]);
      Sandbox sandbox =
          arguments.length > 1 ? Sandbox.start(Path.of(arguments[1])) : Sandbox.startTemporary();
      String written =
          String.join(
              "\n",
              sandbox.directory().toString(),
              sandbox.source().pid() + "",
              sandbox.target().pid() + "",
              sandbox.registry().pid() + "");
      Files.move(Files.writeString(report.resolveSibling("unfinished"), written), report);
      Thread.currentThread().join();
    }
  }

  @AfterEach
  void endWorlds() {
    worlds.forEach(Process::destroyForcibly);
  }

  @Test
  void aSignalEndsAllAndDeletesTheTemporaryDirectory() throws Exception {
    Path report = directory.resolve("report");
    Process world = start(report);
    List<String> lines = await().until(() -> reported(report, world), list -> !list.isEmpty());

    world.destroy();

    assertThat(world.waitFor()).isEqualTo(128 + 15);
    assertThat(Path.of(lines.get(0))).doesNotExist();
    assertThat(living(lines)).isEmpty();
  }

  @Test
  void afterAKillTheServersEndAndTheNextStartFindsItsData() throws Exception {
    Path report = directory.resolve("report");
    Path data = directory.resolve("data");
    Process world = start(report, data.toString());
    List<String> lines = await().until(() -> reported(report, world), list -> !list.isEmpty());

    world.destroyForcibly().waitFor();

    try (Sandbox again = Sandbox.start(data)) {
      assertThat(again.directory()).isEqualTo(data);
      assertThat(living(lines)).isEmpty();
      assertThat(again.timeToReady()).isLessThan(Duration.ofSeconds(40));
    }
  }

  private Process start(Path report, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                World.class.getName(),
                report.toString()));
    command.addAll(List.of(more));
    Process world =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    worlds.add(world);
    await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(report) || !world.isAlive());
    return world;
  }

  private List<String> reported(Path report, Process world) throws IOException {
    assertThat(world.isAlive()).as(Files.readString(directory.resolve("output"))).isTrue();
    return Files.readAllLines(report);
  }

  private static List<String> living(List<String> report) {
    return report.subList(1, report.size()).stream()
        .filter(pid -> ProcessHandle.of(Long.parseLong(pid)).isPresent())
        .toList();
  }
}
