package nl.veer.control.wave;

import java.util.List;
import java.util.stream.Stream;
import nl.veer.connectors.event.WaveId;

/**
 * What the servers know a role of a wave by, across all its legs and whatever process does it: who
 * does a role holds its name at the configured source, if it captures, else at the configured
 * target.
 */
public final class RoleName {
  private RoleName() {}

  /**
   * @param role one of those that a process may have by itself
   */
  public static String of(WaveId wave, Role role) {
    return "veer %s %s".formatted(wave.home(), role.word());
  }

  /** The names that a process holds at the source. */
  public static List<String> atSource(List<WaveId> waves, Role role) {
    return role.captures()
        ? waves.stream().map(wave -> of(wave, Role.CAPTURE)).toList()
        : List.of();
  }

  /** The names that a process holds at the target. */
  public static List<String> atTarget(List<WaveId> waves, Role role) {
    return waves.stream()
        .flatMap(
            wave ->
                Stream.of(Role.REPLICATE, Role.VERIFY)
                    .filter(one -> one == role || role == Role.RUN)
                    .map(one -> of(wave, one)))
        .toList();
  }
}
