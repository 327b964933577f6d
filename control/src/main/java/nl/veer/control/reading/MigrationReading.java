package nl.veer.control.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * All that this process knows of its migration at one moment.
 *
 * @param at when that was, at the beginning of the reading: nothing in it is older
 * @param followerSilence since it last looked which leg each wave is on
 * @param waves all that are configured, in the order of the file
 * @param end what ended the run; null while it goes on
 */
public record MigrationReading(
    String migration,
    Instant at,
    Duration followerSilence,
    List<WaveReading> waves,
    @Nullable Failure end) {

  public MigrationReading {
    waves = List.copyOf(waves);
  }

  public Optional<WaveReading> wave(String name) {
    return waves.stream().filter(wave -> wave.wave().equals(name)).findFirst();
  }
}
