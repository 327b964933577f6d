package nl.veer.control.cli;

import java.util.List;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WaveConfig;
import org.jspecify.annotations.Nullable;

/** The waves that a command is about. */
final class Waves {
  private Waves() {}

  /**
   * @param name null for all
   */
  static List<WaveId> chosen(VeerConfig config, @Nullable String name) {
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
}
