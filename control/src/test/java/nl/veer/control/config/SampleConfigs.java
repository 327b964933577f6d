package nl.veer.control.config;

import java.nio.file.Path;
import java.util.Map;

/** Configurations for tests of what acts on them. */
public final class SampleConfigs {
  private SampleConfigs() {}

  /** A migration called shop, of one wave, whose servers nobody asks. */
  public static VeerConfig shop() {
    return shop("");
  }

  /**
   * The same with more.
   *
   * @param more keys of the top level
   */
  public static VeerConfig shop(String more) {
    return ConfigFile.parse(
        """
        migration: shop
        source: {url: "jdbc:postgresql://a/shop", user: veer}
        target: {url: "jdbc:postgresql://b/shop", user: veer}
        waves:
          - name: main
            tables: {}
        """
            + more,
        "veer.yaml",
        Path.of("/etc/veer"),
        Map.of());
  }

  /** The same with these alerts. */
  public static VeerConfig shop(AlertsConfig alerts) {
    VeerConfig read = shop();
    return new VeerConfig(
        read.migration(),
        read.source(),
        read.target(),
        read.kafka(),
        read.registry(),
        read.waves(),
        read.tuning(),
        read.verification(),
        read.cutover(),
        read.dashboard(),
        read.observe(),
        alerts,
        read.data());
  }
}
