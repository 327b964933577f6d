package nl.veer.control.crossing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.wave.Role;

/**
 * A directory from which roles run as processes of their own: {@code veer.yaml}, the passwords,
 * Veer's files and what the processes print. Two of the same role at once need two homes. Ends what
 * it started with {@code kill -9}. Owned by the test's thread.
 */
public final class RoleHome implements AutoCloseable {
  private final Path directory;
  private final List<RoleProcess> started = new ArrayList<>();
  private final List<CommandProcess> commands = new ArrayList<>();

  private RoleHome(Path directory) {
    this.directory = directory;
  }

  /** A home for a world's wave, with heartbeats as often as the tests need them. */
  public static RoleHome of(CrossingWorld world, Path directory) {
    return of(world, directory, "tuning: {heartbeat: 200ms}\n");
  }

  /**
   * A home for a world's wave, without an echo unless the further keys have one.
   *
   * @param more further keys of the configuration
   */
  public static RoleHome of(CrossingWorld world, Path directory, String more) {
    return of(world, directory, more, TopicConfig.STOCK_RECORD_BYTES);
  }

  /**
   * A home for a world's wave, with records of another size.
   *
   * @param more further keys of the configuration
   */
  public static RoleHome of(CrossingWorld world, Path directory, String more, int maxRecordBytes) {
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve("source-password"), world.sourceEndpoint().password().reveal());
      Files.writeString(
          directory.resolve("target-password"), world.targetEndpoint().password().reveal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(
        directory,
        """
        migration: %s
        source: %s
        target: %s
        waves: [{name: %s, tables: {}}]
        kafka:
          bootstrap: "%s"
          replication-factor: 1
          min-insync-replicas: 1
          max-record: %dB
        registry: {url: "%s"}
        dashboard: {port: 0}
        """
                .formatted(
                    world.wave.migration(),
                    database(world.sourceEndpoint(), "source-password"),
                    database(world.targetEndpoint(), "target-password"),
                    world.wave.wave(),
                    world.servers().bootstrap(),
                    maxRecordBytes,
                    world.servers().registry())
            + (more.contains("verification:") ? "" : "verification: {ledger: false}\n")
            + more);
  }

  /** A home with a configuration as given. */
  public static RoleHome of(Path directory, String yaml) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("veer.yaml"), yaml);
      return new RoleHome(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String database(DatabaseEndpoint endpoint, String password) {
    return "{url: \"%s\", user: %s, password: \"${file:%s}\"}"
        .formatted(endpoint.url(), endpoint.user(), password);
  }

  /** Starts a role; the home ends it. Returns before it has done anything. */
  public RoleProcess start(Role role) {
    return start(RoleLaunch.of(role));
  }

  /** Starts a role; the home ends it. Returns before it has done anything. */
  public RoleProcess start(RoleLaunch launch) {
    RoleProcess process = RoleProcess.start(directory, launch, started.size() + 1);
    started.add(process);
    return process;
  }

  /** Starts another command with this configuration; the home ends it. */
  public CommandProcess command(String... words) {
    CommandProcess process = CommandProcess.start(directory, commands.size() + 1, List.of(words));
    commands.add(process);
    return process;
  }

  public Path directory() {
    return directory;
  }

  /** The roles' log file, as Veer names it. */
  public Path log(Role role) {
    String name = role == Role.RUN ? "veer" : role.word();
    return directory.resolve("veer-data").resolve(name + ".log");
  }

  @Override
  public void close() {
    commands.forEach(CommandProcess::kill9);
    started.forEach(RoleProcess::kill9);
  }
}
