package nl.veer.control.crossing;

import java.util.List;
import java.util.Map;
import nl.veer.control.wave.Role;

/**
 * How a role's process is begun.
 *
 * @param heap as {@code -Xmx} takes it
 * @param jvmArguments further arguments of the JVM
 * @param arguments further arguments of the command
 * @param environment variables beside those of this JVM
 * @param umask what the process takes from the rights of files that it makes
 */
public record RoleLaunch(
    Role role,
    String heap,
    List<String> jvmArguments,
    List<String> arguments,
    Map<String, String> environment,
    String umask) {

  public RoleLaunch {
    jvmArguments = List.copyOf(jvmArguments);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** With a heap of 256 MiB, in a JVM that is quick to start. */
  public static RoleLaunch of(Role role) {
    return new RoleLaunch(
        role, "256m", List.of("-XX:TieredStopAtLevel=1"), List.of(), Map.of(), "077");
  }

  public RoleLaunch withHeap(String size) {
    return new RoleLaunch(role, size, jvmArguments, arguments, environment, umask);
  }

  public RoleLaunch withJvmArguments(String... all) {
    return new RoleLaunch(role, heap, List.of(all), arguments, environment, umask);
  }

  public RoleLaunch withArguments(String... all) {
    return new RoleLaunch(role, heap, jvmArguments, List.of(all), environment, umask);
  }

  public RoleLaunch withEnvironment(Map<String, String> variables) {
    return new RoleLaunch(role, heap, jvmArguments, arguments, variables, umask);
  }

  /** As under a shell whose umask is this. */
  public RoleLaunch withUmask(String octal) {
    return new RoleLaunch(role, heap, jvmArguments, arguments, environment, octal);
  }
}
