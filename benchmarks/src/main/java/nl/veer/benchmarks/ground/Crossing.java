package nl.veer.benchmarks.ground;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureConfig;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.control.config.Size;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.wave.Migration;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorConfig;
import nl.veer.replicator.ReplicatorStatus.LoadProgress;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.workload.ShopSchema;

/**
 * One turn's database, of the same name on both sides, with one table or more, and Veer's roles
 * over it. Each turn has its own, so that none inherits another's state; its end leaves nothing of
 * it on either side.
 */
public final class Crossing implements AutoCloseable {
  private static final int BATCH_ROWS = 20_000;
  private static final long BATCH_BYTES = 16L << 20;
  private static final Duration BATCH_DELAY = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final World world;
  private final WaveId wave;
  private final List<TableId> tables;

  /** What its tables are made and filled with; none if they are the shop's. */
  private final List<Shape> shapes;

  private Crossing(World world, String name, List<TableId> tables, List<Shape> shapes) {
    this.world = world;
    this.wave = new WaveId("bench", name);
    this.tables = List.copyOf(tables);
    this.shapes = List.copyOf(shapes);
  }

  static Crossing create(World world, String name, List<Shape> shapes) throws SQLException {
    List<TableId> tables =
        shapes.stream().map(shape -> new TableId("public", shape.name())).toList();
    Crossing crossing = new Crossing(world, name, tables, shapes);
    for (SandboxPostgres side : List.of(world.source(), world.target())) {
      side.createDatabase(name);
      World.execute(side, name, shapes.stream().map(Shape::create).toList());
    }
    return crossing;
  }

  /** The shop's tables, empty. */
  static Crossing createShop(World world, String name) throws SQLException {
    List<TableId> tables =
        ShopSchema.TABLES.stream().map(table -> new TableId(ShopSchema.NAME, table)).toList();
    for (SandboxPostgres side : List.of(world.source(), world.target())) {
      side.createDatabase(name);
      try (Connection connection = side.connect(name)) {
        ShopSchema.create(connection);
      }
    }
    return new Crossing(world, name, tables, List.of());
  }

  public World world() {
    return world;
  }

  /** Of its table; of the first if there are more. */
  public Shape shape() {
    return shapes.get(0);
  }

  public WaveId wave() {
    return wave;
  }

  /** Of both databases. */
  public String database() {
    return wave.wave();
  }

  public List<TableId> tables() {
    return tables;
  }

  public Capture capture() {
    return new Capture(
        new CaptureConfig(wave, tables(), World.TOPIC, HEARTBEAT),
        new SourceConnections(source()),
        world.kafka(),
        world.registry());
  }

  public Replicator replicator(int loadWorkers) {
    return new Replicator(
        new ReplicatorConfig(
            wave, tables(), loadWorkers, false, BATCH_ROWS, BATCH_BYTES, BATCH_DELAY),
        new SourceConnections(source()),
        new TargetConnections(target()),
        () -> KafkaLogReader.open(world.kafka(), world.registry(), wave, World.TOPIC));
  }

  /** Whether a replicator has loaded all of its tables. */
  public boolean isLoaded(Replicator replicator) {
    List<LoadProgress> loads = replicator.status().loads();
    return loads.size() == tables.size() && loads.stream().allMatch(LoadProgress::complete);
  }

  /** As {@code veer run} has it, with a ledger or without, and without scans. */
  public Migration migration(boolean ledger, Path data) {
    return new Migration(
        new SourceConnections(source()),
        new TargetConnections(target()),
        Map.of(wave, tables()),
        new TuningConfig(2, BATCH_ROWS, new Size(BATCH_BYTES), BATCH_DELAY, HEARTBEAT),
        VerificationConfig.of(ledger, false),
        data);
  }

  public DatabaseEndpoint source() {
    return World.endpoint(world.source(), database());
  }

  public DatabaseEndpoint target() {
    return World.endpoint(world.target(), database());
  }

  public void onSource(String... statements) throws SQLException {
    World.execute(world.source(), database(), List.of(statements));
  }

  public void onTarget(String... statements) throws SQLException {
    World.execute(world.target(), database(), List.of(statements));
  }

  /** Both sides as they are after a while of rest: written out, with statistics. */
  public void settle() throws SQLException {
    for (SandboxPostgres side : List.of(world.source(), world.target())) {
      World.execute(side, database(), List.of("VACUUM ANALYZE", "CHECKPOINT"));
    }
  }

  /** Fails unless both sides hold the same rows: what is fast and wrong does not count. */
  public void assertEqual() throws SQLException {
    String here = digest(world.source());
    String there = digest(world.target());
    if (!here.equals(there)) {
      throw new IllegalStateException(
          "%s is not the same on both sides: %s, %s".formatted(database(), here, there));
    }
  }

  /**
   * Waits until they do; nothing is written to the source meanwhile.
   *
   * @param alive throws if they never will
   */
  public void awaitEqual(Runnable alive) throws Exception {
    String here = digest(world.source());
    Work.await(() -> here.equals(unchecked(world.target())), alive);
  }

  private String unchecked(SandboxPostgres side) {
    try {
      return digest(side);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String digest(SandboxPostgres side) throws SQLException {
    StringBuilder digest = new StringBuilder();
    try (Connection connection = side.connect(database());
        Statement statement = connection.createStatement()) {
      for (TableId table : tables) {
        try (ResultSet answer = statement.executeQuery(digest(table))) {
          answer.next();
          digest.append(answer.getString(1));
        }
      }
    }
    return digest.toString();
  }

  private static String digest(TableId table) {
    return "SELECT count(*) || ' rows, digest ' || coalesce(sum(hashtextextended(t::text, 0)), 0)"
        + " || '; ' FROM %s.%s t".formatted(table.schema(), table.name());
  }

  @Override
  public void close() throws SQLException {
    for (SandboxPostgres side : List.of(world.target(), world.source())) {
      Leftovers.drop(side, database());
    }
  }
}
