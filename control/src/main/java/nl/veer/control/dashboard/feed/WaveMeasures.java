package nl.veer.control.dashboard.feed;

import java.time.Instant;
import java.util.Map;
import nl.veer.control.forecast.Forecast;

/**
 * What only several readings of a wave tell.
 *
 * @param rates of its roles, by their words; none of a role that says nothing
 * @param applied of late
 * @param lagZero when the lag will be gone
 * @param slotLoss when the log's slot will be lost
 */
public record WaveMeasures(
    Map<String, Rates> rates, Applied applied, Forecast lagZero, Forecast slotLoss) {

  public WaveMeasures {
    rates = Map.copyOf(rates);
  }

  /** Before anything was measured. */
  public static WaveMeasures none(Instant now) {
    Forecast unknown = new Forecast.Unknown("nothing was measured");
    return new WaveMeasures(Map.of(), new Applied(null, null, now), unknown, unknown);
  }

  public Rates rate(String role) {
    return rates.getOrDefault(role, Rates.UNKNOWN);
  }
}
