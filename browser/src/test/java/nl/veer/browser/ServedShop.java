package nl.veer.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.Dashboard;

/** A shop's dashboard, on a free port or a given one. */
final class ServedShop implements AutoCloseable {
  private static final String ARCHIVE = "  - {name: archive, tables: {include: [\"archive.*\"]}}\n";

  final Shop shop;
  private final Dashboard dashboard;

  private ServedShop(Shop shop, Dashboard dashboard) {
    this.shop = shop;
    this.dashboard = dashboard;
  }

  /**
   * @param port 0 for a free one
   * @param more lines of the configuration, below {@code dashboard:}
   */
  static ServedShop start(Shop shop, int port, String... more) {
    return new ServedShop(
        shop,
        Dashboard.start(
            config(shop, port, more),
            "0.1.0",
            shop,
            new ShopDriver(shop.attempts, shop.kept::add),
            List.of(),
            shop.clock));
  }

  URI uri() {
    return dashboard.uri();
  }

  private static VeerConfig config(Shop shop, int port, String... more) {
    StringBuilder yaml =
        new StringBuilder(
            """
            migration: shop
            source: {url: "jdbc:postgresql://127.0.0.1:1/shop", user: veer}
            target: {url: "jdbc:postgresql://127.0.0.1:2/shop", user: veer}
            waves:
              - {name: main, tables: {include: ["public.*"]}}
            %sdashboard:
              port: %d
            """
                .formatted(shop.archive ? ARCHIVE : "", port));
    for (String line : more) {
      yaml.append("  ").append(line).append('\n');
    }
    try {
      Path directory = Files.createTempDirectory("veer-browser");
      Path file = Files.writeString(directory.resolve("veer.yaml"), yaml);
      try {
        return ConfigFile.read(file, Map.of());
      } finally {
        Files.delete(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    dashboard.close();
  }
}
