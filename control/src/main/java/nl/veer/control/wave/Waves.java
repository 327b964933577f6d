package nl.veer.control.wave;

import java.util.List;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WaveConfig;
import org.jspecify.annotations.Nullable;

/** The waves that a command is about. */
public final class Waves {
  private Waves() {}

  /**
   * @param name null for all
   */
  public static List<WaveId> chosen(VeerConfig config, @Nullable String name) {
    List<WaveId> chosen =
        config.waves().stream()
            .filter(wave -> name == null || wave.name().equals(name))
            .map(config::id)
            .toList();
    if (chosen.isEmpty()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "WAVE_UNKNOWN",
          "There is no wave '%s'; there are: %s."
              .formatted(
                  name, String.join(", ", config.waves().stream().map(WaveConfig::name).toList())));
    }
    return chosen;
  }

  /**
   * The leg that each of them is on, without its tables.
   *
   * @param name null for all
   * @throws Failure TRANSIENT if the configured target cannot be asked
   */
  public static List<Leg> legs(VeerConfig config, @Nullable String name) {
    List<WaveId> waves = chosen(config, name);
    return Legs.current(config).values().stream()
        .filter(leg -> waves.contains(leg.home()))
        .toList();
  }

  /**
   * The same with their tables.
   *
   * @param name null for all
   */
  public static List<Leg> legs(VeerConfig config, Migration migration, @Nullable String name) {
    List<WaveId> waves = chosen(config, name);
    return Legs.current(migration).values().stream()
        .filter(leg -> waves.contains(leg.home()))
        .toList();
  }
}
