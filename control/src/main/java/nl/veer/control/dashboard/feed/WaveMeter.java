package nl.veer.control.dashboard.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.forecast.LagTrend;
import nl.veer.control.forecast.SlotTrend;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.status.SlotFigures;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.word.Speaker;
import org.jspecify.annotations.Nullable;

/** What is remembered of one leg of a wave. Owned by one thread. */
final class WaveMeter {
  private static final List<String> CARRIERS =
      List.of(
          Speaker.CAPTURE.word(),
          Speaker.REPLICATOR.word(),
          Speaker.ECHO.word(),
          Speaker.LEDGER.word());

  /** A trend takes the square of its measurements: sixty of five minutes are enough. */
  private static final double FORECAST_SECONDS = 5;

  private final int leg;
  private final Duration caughtUp;
  private final Map<String, RateMeter> rates = new LinkedHashMap<>();
  private final AppliedCount applied;
  private final LagTrend lag = new LagTrend();
  private final SlotTrend safe = new SlotTrend();
  private double forecastAt = Double.NEGATIVE_INFINITY;
  private Forecast lagZero = new Forecast.Unknown("nothing was measured");
  private Forecast slotLoss = lagZero;

  /**
   * @param caughtUp a lag that is not longer is none
   */
  WaveMeter(int leg, Duration caughtUp, ZoneId zone, Instant now) {
    this.leg = leg;
    this.caughtUp = caughtUp;
    this.applied = new AppliedCount(zone, now);
    CARRIERS.forEach(role -> rates.put(role, new RateMeter()));
  }

  boolean isOf(WaveStatus wave) {
    return wave.leg().number() == leg;
  }

  WaveMeasures observe(Instant at, WaveStatus wave) {
    Map<String, RoleCount> counts = new HashMap<>();
    for (RoleFigures role : wave.roles()) {
      RoleCount count = RoleCount.of(role);
      if (count != null) {
        counts.put(role.role(), count);
      }
    }
    Map<String, Rates> now = new HashMap<>();
    rates.forEach(
        (role, meter) -> {
          meter.hear(counts.get(role));
          now.put(role, meter.rates());
        });
    applied.hear(at, counts.get(Speaker.REPLICATOR.word()));
    double seconds = at.toEpochMilli() / 1000.0;
    // A clock that was set back begins a series anew.
    if (Math.abs(seconds - forecastAt) >= FORECAST_SECONDS) {
      forecastAt = seconds;
      lagZero = lag.see(seconds, wave.lagMillis(), caughtUp.toMillis());
      slotLoss = slotLoss(seconds, wave.slot());
    }
    return new WaveMeasures(now, applied.now(), lagZero, slotLoss);
  }

  private Forecast slotLoss(double seconds, @Nullable SlotFigures slot) {
    return slot == null
        ? new Forecast.Unknown("the slot is not known")
        : safe.see(seconds, slot.lost(), slot.safeBytes());
  }
}
