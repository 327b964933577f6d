package nl.veer.containers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A compose file under a project's name of its own, driven by the commands that a person gives. It
 * is left as it was found: {@link #close} removes containers, networks and volumes.
 */
final class Compose implements AutoCloseable {
  private final Program program;
  private final List<String> prefix;

  /**
   * @param environment what the file asks the environment for
   */
  Compose(Path file, String project, Map<String, String> environment) {
    Path whole = file.toAbsolutePath().normalize();
    this.program = new Program(Objects.requireNonNull(whole.getParent()), environment);
    this.prefix = List.of("docker", "compose", "-f", whole.toString(), "-p", project);
  }

  Program.Ended run(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(arguments));
    return program.run(command);
  }

  /** What a command prints inside the service's container. */
  Program.Ended exec(String service, String... command) {
    List<String> all = new ArrayList<>(List.of("exec", "-T", service));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  List<String> running() {
    return run("ps", "--services", "--status", "running").orFail().lines().toList();
  }

  /** As the power would: no process of it is told. It does not come back by itself. */
  void kill(String service) {
    docker("kill", container(service));
  }

  void start(String service) {
    docker("start", container(service));
  }

  boolean isHealthy(String service) {
    return docker("inspect", "--format", "{{.State.Health.Status}}", container(service))
        .strip()
        .equals("healthy");
  }

  /** The port on this machine's own address behind which a port of the container's is now. */
  int port(String service, int port) {
    String published = run("port", service, Integer.toString(port)).orFail().strip();
    if (!published.startsWith("127.0.0.1:")) {
      throw new AssertionError("Others reach it: " + published);
    }
    return Integer.parseInt(published.substring(published.lastIndexOf(':') + 1));
  }

  private String container(String service) {
    return run("ps", "--all", "--quiet", service).orFail().strip();
  }

  private String docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return program.run(command).orFail();
  }

  @Override
  public void close() {
    run("down", "--volumes", "--timeout", "5").orFail();
  }
}
