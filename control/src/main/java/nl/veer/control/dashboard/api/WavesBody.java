package nl.veer.control.dashboard.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the waves are.
 *
 * @param at when that was read; null if nothing was yet
 * @param ageMillis since then
 * @param goodMillis up to this age it says something of now: what was slow to read is given its
 *     time
 * @param trouble why a later reading gave nothing; null if it did
 */
public record WavesBody(
    @Nullable String at,
    @Nullable Long ageMillis,
    long goodMillis,
    @Nullable String trouble,
    List<WaveBody> waves) {

  public WavesBody {
    waves = List.copyOf(waves);
  }
}
