package nl.veer.control.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a migration is.
 *
 * @param at when this was read, ISO 8601 in UTC
 */
public record MigrationStatus(String migration, String at, List<WaveStatus> waves) {

  public MigrationStatus {
    waves = List.copyOf(waves);
  }

  /** Whether everything could be read. */
  public boolean known() {
    return waves.stream().allMatch(wave -> wave.unknown().isEmpty() && isKnown(wave.echo()));
  }

  private static boolean isKnown(@Nullable EchoStatus echo) {
    return echo == null || echo.state() != WaveState.UNKNOWN;
  }
}
