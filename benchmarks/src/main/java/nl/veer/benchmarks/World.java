package nl.veer.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureConfig;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.config.Size;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorConfig;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.postgres.SandboxPostgres;

/**
 * A sandbox with a database of the same name on both sides, and the roles of one wave over it. Each
 * measurement gets a database and a wave of its own, so that none inherits another's state.
 */
final class World implements AutoCloseable {
  private static final int LOAD_WORKERS = 4;
  private static final int BATCH_ROWS = 20_000;
  private static final long BATCH_BYTES = 16L << 20;
  private static final Duration BATCH_DELAY = Duration.ofMillis(500);

  private final Sandbox sandbox = Sandbox.startTemporary();

  /** One measurement's database on both sides, with one table. */
  final class Crossing {
    private final WaveId wave;
    private final Shape shape;

    private Crossing(String name, Shape shape) {
      this.wave = new WaveId("bench", name);
      this.shape = shape;
    }

    Shape shape() {
      return shape;
    }

    WaveId wave() {
      return wave;
    }

    Capture capture() {
      return new Capture(
          new CaptureConfig(
              wave,
              List.of(new TableId("public", shape.name())),
              new TopicConfig(1, 1),
              Duration.ofSeconds(1)),
          new SourceConnections(source()),
          kafka(),
          registry());
    }

    Replicator replicator() {
      ReplicatorConfig config =
          new ReplicatorConfig(
              wave,
              List.of(new TableId("public", shape.name())),
              LOAD_WORKERS,
              false,
              BATCH_ROWS,
              BATCH_BYTES,
              BATCH_DELAY);
      return new Replicator(
          config,
          new SourceConnections(source()),
          new TargetConnections(endpoint(sandbox.target(), wave.wave())),
          () -> KafkaLogReader.open(kafka(), registry(), wave, new TopicConfig(1, 1)));
    }

    /** As {@code veer run} has it, with a ledger or without. */
    Migration migration(boolean ledger, Path data) {
      return new Migration(
          new SourceConnections(source()),
          new TargetConnections(endpoint(sandbox.target(), wave.wave())),
          Map.of(wave, List.of(new TableId("public", shape.name()))),
          new TuningConfig(
              LOAD_WORKERS, BATCH_ROWS, new Size(BATCH_BYTES), BATCH_DELAY, Duration.ofSeconds(1)),
          VerificationConfig.of(ledger, false),
          data);
    }

    DatabaseEndpoint source() {
      return endpoint(sandbox.source(), wave.wave());
    }

    void onSource(String sql) throws SQLException {
      execute(sandbox.source(), sql);
    }

    void onTarget(String sql) throws SQLException {
      execute(sandbox.target(), sql);
    }

    private void execute(SandboxPostgres side, String sql) throws SQLException {
      try (Connection connection = side.connect(wave.wave());
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  /** A new pair of databases, both with the table, empty. */
  Crossing crossing(String name, Shape shape) throws SQLException {
    sandbox.source().createDatabase(name);
    sandbox.target().createDatabase(name);
    Crossing crossing = new Crossing(name, shape);
    crossing.onSource(shape.create());
    crossing.onTarget(shape.create());
    return crossing;
  }

  OpenLog log() {
    return OpenLog.at(sandbox.kafka(), sandbox.registry());
  }

  private KafkaEndpoint kafka() {
    return new KafkaEndpoint(sandbox.kafka().bootstrap(), Map.of());
  }

  private RegistryEndpoint registry() {
    return new RegistryEndpoint(sandbox.registry().url(), Map.of());
  }

  /** A side's database, as superuser. */
  static DatabaseEndpoint endpoint(SandboxPostgres side, String database) {
    return new DatabaseEndpoint(
        side.jdbcUrl(database), side.user(), new Secret(side.password()), Map.of());
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
