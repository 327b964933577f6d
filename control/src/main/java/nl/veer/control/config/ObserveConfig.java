package nl.veer.control.config;

import org.jspecify.annotations.Nullable;

/**
 * Where roles that run as processes of their own serve metrics and health. Who may look, and by
 * which certificate and names, is {@code dashboard}'s to say.
 */
public record ObserveConfig(
    @Setting(
            value =
                "Where `veer capture` serves `/metrics`, `/health/live` and `/health/ready`, for"
                    + " example `127.0.0.1:8421`. Absent: it listens nowhere. Any address but this"
                    + " machine's own needs `dashboard.tls-cert`, `dashboard.tls-key` and"
                    + " `dashboard.tokens`.",
            optional = true)
        @Nullable ListenAddress capture,
    @Setting(value = "The same of `veer replicate`, for example `127.0.0.1:8422`.", optional = true)
        @Nullable ListenAddress replicate,
    @Setting(value = "The same of `veer verify`, for example `127.0.0.1:8423`.", optional = true)
        @Nullable ListenAddress verify) {

  /** Nothing is served. */
  public static ObserveConfig none() {
    return new ObserveConfig(null, null, null);
  }

  /**
   * @throws IllegalArgumentException if others reach an address, and may not as the dashboard is
   *     configured
   */
  void requireSafe(DashboardConfig dashboard) {
    requireSafe("capture", capture, dashboard);
    requireSafe("replicate", replicate, dashboard);
    requireSafe("verify", verify, dashboard);
  }

  private static void requireSafe(
      String role, @Nullable ListenAddress at, DashboardConfig dashboard) {
    if (at != null && !dashboard.mayListenAt(at)) {
      throw new IllegalArgumentException(
          ("observe.%s: others reach %s, so dashboard needs tls-cert, tls-key and tokens, which hold"
                  + " here too")
              .formatted(role, at.address()));
    }
  }
}
