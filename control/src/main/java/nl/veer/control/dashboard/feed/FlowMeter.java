package nl.veer.control.dashboard.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.WaveStatus;

/**
 * Measures what one reading alone does not tell, of each wave of the last one: rates, what was
 * applied today, forecasts. Whatever is read of the migration in this process goes through it. Safe
 * for use by several threads.
 */
final class FlowMeter {
  /** What is dated further back than this was not late: the clock was set back. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final ZoneId zone;
  private final Duration caughtUp;
  private final Map<String, WaveMeter> waves = new HashMap<>();
  private Map<String, WaveMeasures> last = Map.of();
  private Instant observed = Instant.MIN;

  /**
   * @param caughtUp a lag that is not longer is none
   */
  FlowMeter(ZoneId zone, Duration caughtUp) {
    this.zone = zone;
    this.caughtUp = caughtUp;
  }

  /**
   * What is known with this reading; one that is older than the last one tells nothing.
   *
   * @param at when it began
   */
  synchronized Map<String, WaveMeasures> observe(Instant at, MigrationStatus status) {
    if (at.isBefore(observed) && at.isAfter(observed.minus(LATE))) {
      return last;
    }
    observed = at;
    Map<String, WaveMeter> meters = new HashMap<>();
    Map<String, WaveMeasures> measures = new HashMap<>();
    for (WaveStatus wave : status.waves()) {
      WaveMeter before = waves.get(wave.wave());
      WaveMeter meter =
          before != null && before.isOf(wave)
              ? before
              : new WaveMeter(wave.leg().number(), caughtUp, zone, at);
      meters.put(wave.wave(), meter);
      measures.put(wave.wave(), meter.observe(at, wave));
    }
    waves.clear();
    waves.putAll(meters);
    last = Map.copyOf(measures);
    return last;
  }
}
