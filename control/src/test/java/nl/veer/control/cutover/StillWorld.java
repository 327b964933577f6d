package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.config.DatabaseConfig;
import nl.veer.control.config.ObserveConfig;
import nl.veer.control.config.Size;
import nl.veer.control.config.TablePattern;
import nl.veer.control.config.TablesConfig;
import nl.veer.control.config.TlsMode;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.config.WaveConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.sandbox.postgres.SandboxPostgres;

/**
 * Two databases of one server with the same rows, and records on one of them as a replicator leaves
 * them: whatever is committed on the other counts as applied, as long as {@link #stall} was not
 * called. There is no Kafka: a coordinator that asks for the log gets none.
 */
final class StillWorld implements AutoCloseable {
  static final Duration BUDGET = Duration.ofSeconds(20);
  static final String TABLE = "item";

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final SandboxPostgres server;
  final WaveId wave = new WaveId("still", "w" + NUMBERS.incrementAndGet());
  private final String source = wave.wave() + "_source";
  private final String target = wave.wave() + "_target";
  private final Path data;
  private final Migration migration;

  private StillWorld(SandboxPostgres server, Path data) {
    this.server = server;
    this.data = data;
    this.migration =
        new Migration(
            new SourceConnections(endpoint(source)),
            new TargetConnections(endpoint(target)),
            Map.of(wave, List.of(new TableId("public", TABLE))),
            new TuningConfig(
                2, 20_000, new Size(16 << 20), Duration.ofMillis(500), Duration.ofSeconds(1)));
  }

  static StillWorld on(SandboxPostgres server, Path data) throws SQLException {
    StillWorld world = new StillWorld(server, data);
    for (String database : List.of(world.source, world.target)) {
      server.createDatabase(database);
      try (Connection connection = server.connect(database)) {
        CrossingWorld.execute(
            connection,
            "CREATE TABLE item (id int PRIMARY KEY, v text)",
            "INSERT INTO item SELECT i, 'v' || i FROM generate_series(1, 500) i",
            "ANALYZE item");
      }
    }
    try (Connection connection = world.target()) {
      new PostgresTarget().migrateRecords(connection);
    }
    world.onTarget(
        "INSERT INTO veer.stamp (migration, wave, epoch, transaction_number, position, log_id,"
            + " log_offset) VALUES ('still', '%s', 1, 9, 'FFFFFFFF/0', 'none', 9)"
                .formatted(world.wave.wave()),
        "INSERT INTO veer.load (migration, wave, table_schema, table_name, epoch, state, truncate,"
            + " whole_before, key_columns, boundary_position, row_count, byte_count) VALUES ('still',"
            + " '%s', 'public', 'item', 1, 'COMPLETE', false, false, '', '0/1', 500, 1)"
                .formatted(world.wave.wave()));
    return world;
  }

  private DatabaseEndpoint endpoint(String database) {
    return new DatabaseEndpoint(
        server.jdbcUrl(database), server.user(), new Secret(server.password()), Map.of());
  }

  /** Nothing is applied any more. */
  void stall() throws SQLException {
    onTarget("UPDATE veer.stamp SET position = '0/1'");
  }

  Connection source() throws SQLException {
    return server.connect(source);
  }

  Connection target() throws SQLException {
    return server.connect(target);
  }

  void onSource(String... statements) throws SQLException {
    try (Connection connection = source()) {
      CrossingWorld.execute(connection, statements);
    }
  }

  void onTarget(String... statements) throws SQLException {
    try (Connection connection = target()) {
      CrossingWorld.execute(connection, statements);
    }
  }

  Cutover cutover(CutoverConfig how, CutoverProgress progress, StopSignal stop) {
    return new Cutover(
        config(how),
        migration,
        Legs.of(migration, wave, 0),
        () -> {
          throw new Failure(FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", "There is no log here.");
        },
        stop,
        progress);
  }

  Attempt rehearse(CutoverConfig how, Duration budget) {
    return rehearse(how, budget, CutoverProgress.NONE, new StopSignal());
  }

  Attempt rehearse(CutoverConfig how, Duration budget, CutoverProgress progress, StopSignal stop) {
    try (Cutover cutover = cutover(how, progress, stop)) {
      return cutover.run(AttemptKind.REHEARSAL, budget);
    }
  }

  Optional<Attempt> abort(CutoverConfig how) {
    try (Cutover cutover = cutover(how, CutoverProgress.NONE, new StopSignal())) {
      return cutover.abort();
    }
  }

  Optional<Attempt> resume(CutoverConfig how) {
    try (Cutover cutover = cutover(how, CutoverProgress.NONE, new StopSignal())) {
      return cutover.resume();
    }
  }

  /** All attempts, the last one first. */
  List<Attempt> attempts() throws SQLException {
    try (Connection home = target()) {
      return CutoverStore.all(home, wave);
    }
  }

  /** What the audit log has of them. */
  String audit() throws SQLException {
    try (Connection home = target()) {
      return CrossingWorld.text(home, "SELECT what, result FROM veer.audit ORDER BY number");
    }
  }

  String surroundings() throws SQLException {
    try (Connection connection = source()) {
      return CrossingWorld.text(connection, CutoverWorld.SURROUNDINGS);
    }
  }

  boolean isSourceWritable() throws SQLException {
    try (Connection connection = source()) {
      return CutoverWorld.isWritable(connection, TABLE);
    }
  }

  /** Given up for this, and nothing is left of it. */
  void assertAborted(Attempt attempt, String before, String code) throws SQLException {
    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Aborted());
    assertThat(attempt.failureCode()).as(attempt.failure()).isEqualTo(code);
    assertAsBefore(attempt, before);
  }

  void assertAsBefore(Attempt attempt, String before) throws SQLException {
    assertThat(attempt.isFinished()).isTrue();
    assertThat(isSourceWritable()).isTrue();
    assertThat(surroundings()).isEqualTo(before);
    try (Connection home = target()) {
      assertThat(CrossingWorld.text(home, "SELECT count(*) FROM veer.fence")).isEqualTo("0");
    }
  }

  /** A directory with a configuration of this world, as a user has it. */
  Path configured() throws IOException {
    Files.writeString(data.resolve("password"), server.password());
    return Files.writeString(
        data.resolve("veer.yaml"),
        """
        migration: still
        source: {url: "%s", user: %s, password: "${file:password}"}
        target: {url: "%s", user: %s, password: "${file:password}"}
        waves: [{name: %s, tables: {}}]
        verification: {ledger: false}
        """
            .formatted(
                server.jdbcUrl(source),
                server.user(),
                server.jdbcUrl(target),
                server.user(),
                wave.wave()));
  }

  VeerConfig config(CutoverConfig how) {
    return new VeerConfig(
        wave.migration(),
        database(endpoint(source)),
        database(endpoint(target)),
        null,
        null,
        List.of(
            new WaveConfig(
                wave.wave(), new TablesConfig(List.of(new TablePattern("*")), List.of()))),
        migration.tuning(),
        VerificationConfig.of(false, false),
        how,
        DashboardConfig.standard(),
        ObserveConfig.none(),
        AlertsConfig.standard(),
        data);
  }

  private static DatabaseConfig database(DatabaseEndpoint endpoint) {
    return new DatabaseConfig(
        endpoint.url(),
        endpoint.user(),
        endpoint.password(),
        TlsMode.PREFER,
        null,
        null,
        null,
        null,
        Map.of());
  }

  @Override
  public void close() {
    // The databases go with their server.
  }
}
