package nl.veer.control.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.Size;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopSchema;

/** The demo's two databases and its migration, on a started sandbox. */
final class DemoWorld {
  private static final String DATABASE = "shop";
  private static final long SEED = 1953;

  /** Nobody waits longer for a demo's verdict. */
  private static final Duration SCAN_EVERY = Duration.ofSeconds(2);

  static final WaveId WAVE = new WaveId("demo", "shop");

  private final Sandbox sandbox;

  DemoWorld(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * Makes the shop on both sides and fills the source, unless a kept directory has it.
   *
   * @return the rows filled in; 0 if they were there
   */
  long build(long rows) throws SQLException {
    sandbox.source().createDatabase(DATABASE);
    sandbox.target().createDatabase(DATABASE);
    try (Connection target = sandbox.target().connect(DATABASE)) {
      if (!ShopSchema.exists(target)) {
        ShopSchema.create(target);
      }
    }
    try (Connection source = source()) {
      if (ShopSchema.exists(source)) {
        return 0;
      }
      ShopSchema.create(source);
      return ShopFill.ofRows(SEED, rows).fill(source);
    }
  }

  Connection source() throws SQLException {
    return sandbox.source().connect(DATABASE);
  }

  Connection target() throws SQLException {
    return sandbox.target().connect(DATABASE);
  }

  OpenLog log() {
    return OpenLog.at(sandbox.kafka(), sandbox.registry());
  }

  Migration migration() {
    List<TableId> tables =
        ShopSchema.TABLES.stream()
            .sorted()
            .map(name -> new TableId(ShopSchema.NAME, name))
            .toList();
    return new Migration(
        new SourceConnections(endpoint(sandbox.source())),
        new TargetConnections(endpoint(sandbox.target())),
        Map.of(WAVE, tables),
        new TuningConfig(
            4, 20_000, new Size(16 << 20), Duration.ofMillis(500), Duration.ofSeconds(1)),
        VerificationConfig.of(true, true).scanning(SCAN_EVERY, 0),
        sandbox.directory());
  }

  private static DatabaseEndpoint endpoint(SandboxPostgres server) {
    return new DatabaseEndpoint(
        server.jdbcUrl(DATABASE), server.user(), new Secret(server.password()), Map.of());
  }
}
