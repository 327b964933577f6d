package nl.veer.control.dashboard.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the waves are.
 *
 * @param at when that was read; null if nothing was yet
 * @param ageMillis since then
 * @param trouble why a later reading gave nothing; null if it did
 */
public record WavesBody(
    @Nullable String at, @Nullable Long ageMillis, @Nullable String trouble, List<WaveBody> waves) {

  public WavesBody {
    waves = List.copyOf(waves);
  }
}
