package nl.veer.control.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;

/**
 * A leg of a wave that a report tells of.
 *
 * @param leg without its tables
 * @param current whether it is the one that the wave is on
 * @param ended whether it is judged as of when its roles ended, which is so of each earlier one
 */
public record ReportedLeg(Leg leg, boolean current, boolean ended) {

  /** All legs that there were: of each wave the one that it is on, then the earlier ones. */
  public static List<ReportedLeg> of(VeerConfig config) {
    return of(config, false);
  }

  /** The same, for a last report: no role of any leg runs any more. */
  public static List<ReportedLeg> ended(VeerConfig config) {
    return of(config, true);
  }

  private static List<ReportedLeg> of(VeerConfig config, boolean ended) {
    List<ReportedLeg> reported = new ArrayList<>();
    for (Map.Entry<WaveId, Leg> wave : Legs.current(config).entrySet()) {
      int now = wave.getValue().number();
      Legs.all(config, wave.getKey()).stream()
          .filter(leg -> leg.number() <= now)
          .sorted(Comparator.comparingInt(Leg::number).reversed())
          .map(leg -> new ReportedLeg(leg, leg.number() == now, ended || leg.number() < now))
          .forEach(reported::add);
    }
    return reported;
  }

  /** Where the records of its proof stand. */
  boolean isAtHome() {
    return leg.toWord().equals("target");
  }
}
