package nl.veer.benchmarks.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.veer.benchmarks.cost.Memory;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.control.cli.Veer;
import nl.veer.sandbox.process.OwnedProcess;
import nl.veer.sandbox.process.PrivateFiles;
import nl.veer.sandbox.process.ServerDirectory;

/**
 * {@code veer run} in a process of its own, started as the script starts it, with the broker and
 * the registry of the measurement.
 */
final class VeerProcess implements AutoCloseable {
  private static final double MEGABYTE = 1 << 20;
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(1);

  private final Path directory;
  private final OwnedProcess process;

  private VeerProcess(Path directory, OwnedProcess process) {
    this.directory = directory;
    this.process = process;
  }

  static VeerProcess start(Crossing crossing) throws IOException {
    Path directory = crossing.world().directory("process");
    password(directory.resolve("source"), crossing.source());
    password(directory.resolve("target"), crossing.target());
    Files.writeString(
        directory.resolve("veer.yaml"),
        """
        migration: %s
        source: {url: "%s", user: %s, password: "${file:source}"}
        target: {url: "%s", user: %s, password: "${file:target}"}
        waves: [{name: main, tables: {}}]
        kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1}
        registry: {url: "%s"}
        dashboard: {port: 0}
        """
            .formatted(
                crossing.database(),
                crossing.source().url(),
                crossing.source().user(),
                crossing.target().url(),
                crossing.target().user(),
                crossing.world().kafka().bootstrap(),
                crossing.world().registry().url()));
    return new VeerProcess(
        directory,
        OwnedProcess.start("Veer", command(directory), "TERM", directory.resolve("veer.log")));
  }

  /** Only we may read it, as the configuration demands of files with passwords. */
  private static void password(Path file, DatabaseEndpoint side) throws IOException {
    PrivateFiles.write(file, side.password().reveal());
  }

  private static List<String> command(Path directory) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx1g",
        "-cp",
        System.getProperty("java.class.path"),
        Veer.class.getName(),
        "run",
        "--config",
        directory.resolve("veer.yaml").toString());
  }

  long pid() {
    return process.pid();
  }

  /**
   * @throws IllegalStateException with its last words if it has ended
   */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("veer run has ended:\n" + process.lastWords());
    }
  }

  /** Resident memory, in megabytes: the most since the process began, and now. */
  double peakMegabytes() throws IOException {
    return Memory.peak(pid()) / MEGABYTE;
  }

  double megabytes() {
    return Memory.resident(List.of(pid())) / MEGABYTE;
  }

  @Override
  public void close() throws IOException {
    process.end("TERM", ENDS_WITHIN);
    ServerDirectory.delete(directory);
  }
}
