package nl.veer.control.forecast;

import org.jspecify.annotations.Nullable;

/** When a lag will be gone, by how it went lately. Owned by one thread. */
public final class LagTrend {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Series lag = new Series();

  /**
   * @param seconds now, on whatever clock never goes back
   * @param millis the lag of now; null if it is not known
   * @param caughtUpMillis a lag that is not longer is none
   */
  public Forecast see(double seconds, @Nullable Long millis, long caughtUpMillis) {
    if (millis == null) {
      return new Forecast.Unknown("the lag is not known");
    }
    lag.add(seconds, millis / MILLIS_PER_SECOND);
    return Forecast.toZero(lag, caughtUpMillis / MILLIS_PER_SECOND);
  }
}
