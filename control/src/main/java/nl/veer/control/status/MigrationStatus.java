package nl.veer.control.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a migration is.
 *
 * @param at when its reading began, ISO 8601 in UTC: nothing in it is older
 */
public record MigrationStatus(String migration, String at, List<WaveStatus> waves) {

  public MigrationStatus {
    waves = List.copyOf(waves);
  }

  /**
   * The same, with each of these waves, in their order: one that nothing is said of is unknown.
   *
   * @param names of the configured waves
   */
  public MigrationStatus over(List<String> names) {
    Map<String, WaveStatus> said = new LinkedHashMap<>();
    names.forEach(name -> said.put(name, WaveStatus.unheard(name)));
    waves.forEach(wave -> said.put(wave.wave(), wave));
    return new MigrationStatus(migration, at, List.copyOf(said.values()));
  }

  /** Whether everything could be read. */
  public boolean known() {
    return waves.stream().allMatch(wave -> wave.unknown().isEmpty() && isKnown(wave.echo()));
  }

  private static boolean isKnown(@Nullable EchoStatus echo) {
    return echo == null || echo.state() != WaveState.UNKNOWN;
  }
}
