package nl.veer.control.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.process.PrivateFiles;
import nl.veer.sandbox.workload.ShopAddress;
import nl.veer.sandbox.workload.ShopFill;

/**
 * The demo's two databases, the address that its customers write to, and its configuration, on a
 * started sandbox. The configuration is a file as everybody has one: in a kept directory, every
 * command of Veer can be had with it while the demo runs.
 */
final class DemoWorld {
  private static final String DATABASE = "shop";
  private static final long SEED = 1953;

  static final WaveId WAVE = new WaveId("demo", "shop");

  private static final String CONFIGURATION =
      """
      migration: demo
      source: {url: "%s", user: %s, password: "${file:source/password}", tls: disable}
      target: {url: "%s", user: %s, password: "${file:target/password}", tls: disable}
      kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1, max-record: 256MiB}
      registry: {url: "%s"}
      waves: [{name: shop, tables: {include: ["shop.*"]}}]
      # Nobody waits longer for a demo's verdict.
      verification: {scan-every: 2s, scan-rate: 0}
      # The customers are led to the other side when it is open.
      cutover: {max-outage: %dms, on-open: '%s'}
      data: veer-data
      """;

  private final Sandbox sandbox;
  private final ShopAddress address;

  DemoWorld(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.address =
        new ShopAddress(sandbox.directory().resolve("address"), this::source, this::target);
  }

  /**
   * Makes the shop on both sides and fills the source, unless a kept directory has it.
   *
   * @return the rows filled in; 0 if they were there
   */
  long build(long rows) throws SQLException {
    sandbox.source().createDatabase(DATABASE);
    sandbox.target().createDatabase(DATABASE);
    try (Connection source = source();
        Connection target = target()) {
      return ShopFill.ofRows(SEED, rows).found(source, target);
    }
  }

  Connection source() throws SQLException {
    return sandbox.source().connect(DATABASE);
  }

  Connection target() throws SQLException {
    return sandbox.target().connect(DATABASE);
  }

  ShopAddress address() {
    return address;
  }

  Path configFile() {
    return sandbox.directory().resolve("veer.yaml");
  }

  /** Writes the configuration, and reads it as every command does. */
  VeerConfig config(Duration maxOutage) throws IOException {
    String text =
        CONFIGURATION.formatted(
            sandbox.source().jdbcUrl(DATABASE),
            sandbox.source().user(),
            sandbox.target().jdbcUrl(DATABASE),
            sandbox.target().user(),
            sandbox.kafka().bootstrap(),
            sandbox.registry().url(),
            maxOutage.toMillis(),
            address.program().replace("'", "''"));
    PrivateFiles.write(configFile(), text);
    VeerConfig config = ConfigFile.read(configFile(), Map.of());
    PrivateFiles.directories(config.data());
    return config;
  }
}
