package nl.veer.control.forecast;

import org.jspecify.annotations.Nullable;

/** When a server will give a slot up, by what that could still take lately. Owned by one thread. */
public final class SlotTrend {
  private final Series safe = new Series();

  /**
   * @param seconds now, on whatever clock never goes back
   * @param lost whether the server has given it up
   * @param safeBytes what it can still take; null if the server sets no bound
   */
  public Forecast see(double seconds, boolean lost, @Nullable Long safeBytes) {
    if (lost) {
      return new Forecast.Reached();
    }
    if (safeBytes == null) {
      return new Forecast.Never("the server sets no bound; its disk is the bound");
    }
    safe.add(seconds, safeBytes);
    return Forecast.toZero(safe, 0);
  }
}
