package nl.veer.control.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;

/**
 * A leg of a wave that a report tells of: where the records of its proof stand.
 *
 * @param home the wave as it is configured
 * @param number how often it was cut over before
 * @param id the leg's own name
 * @param to the side that it goes to
 * @param current whether it is the one that the wave is on
 * @param ended whether it is judged as of when its roles ended, which is so of each earlier one
 */
public record ReportedLeg(
    WaveId home, int number, WaveId id, TargetConnections to, boolean current, boolean ended) {

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
          .map(leg -> of(leg, leg.number() == now, ended))
          .forEach(reported::add);
    }
    return reported;
  }

  private static ReportedLeg of(Leg leg, boolean current, boolean ended) {
    return new ReportedLeg(
        leg.home(), leg.number(), leg.wave(), leg.to(), current, ended || !current);
  }

  /** The word for the side that it comes from. */
  String fromWord() {
    return number % 2 == 0 ? "source" : "target";
  }

  /** The word for the side that it goes to. */
  String toWord() {
    return number % 2 == 0 ? "target" : "source";
  }
}
