package nl.veer.control.report;

import java.util.List;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VeerConfig;

/**
 * A leg of a wave that a report tells of: where the records of its proof stand.
 *
 * @param home the wave as it is configured
 * @param number how often it was cut over before
 * @param id the leg's own name
 * @param to the leg's target
 */
public record ReportedLeg(WaveId home, int number, WaveId id, TargetConnections to) {

  /** The waves as they are configured, never cut over. */
  public static List<ReportedLeg> configured(VeerConfig config) {
    TargetConnections target = new TargetConnections(config.target().endpoint());
    return config.waves().stream()
        .map(config::id)
        .map(wave -> new ReportedLeg(wave, 0, wave, target))
        .toList();
  }
}
