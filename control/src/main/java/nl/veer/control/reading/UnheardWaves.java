package nl.veer.control.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.WaveId;

/**
 * Since when each configured wave that no leg is known of has been so: whoever judges shall find it
 * unknown, and not miss it. Owned by one thread.
 */
final class UnheardWaves {
  private final Map<WaveId, Instant> since = new HashMap<>();

  /**
   * A reading of each wave, in their order.
   *
   * @param configured by the name that each has at home
   * @param heard those of which a leg runs here
   */
  List<WaveReading> fill(
      Collection<WaveId> configured, Map<WaveId, WaveReading> heard, Instant now) {
    since.keySet().removeAll(heard.keySet());
    List<WaveReading> all = new ArrayList<>();
    for (WaveId wave : configured) {
      WaveReading reading = heard.get(wave);
      all.add(
          reading == null
              ? WaveReading.unheard(wave.wave(), since.computeIfAbsent(wave, any -> now))
              : reading);
    }
    return all;
  }
}
