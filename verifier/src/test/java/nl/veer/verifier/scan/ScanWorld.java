package nl.veer.verifier.scan;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;

/** A test's own pair of databases on one server that all tests of this JVM share. */
final class ScanWorld {
  /** Long enough that another session's write is between two looks. */
  static final Duration PAUSE = Duration.ofMillis(100);

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** Its own exit hook ends it with this JVM. */
  private static final class Shared {
    static final SandboxPostgres SERVER = SandboxPostgres.startTemporary();
  }

  private final String source;
  private final String target;

  private ScanWorld(String source, String target) {
    this.source = source;
    this.target = target;
  }

  static SandboxPostgres server() {
    return Shared.SERVER;
  }

  static ScanWorld create() throws SQLException {
    return create("", "");
  }

  /** Databases with these options of CREATE DATABASE. */
  static ScanWorld create(String sourceOptions, String targetOptions) throws SQLException {
    int number = NUMBERS.incrementAndGet();
    ScanWorld world = new ScanWorld("source" + number, "target" + number);
    server().createDatabase(world.source, sourceOptions);
    server().createDatabase(world.target, targetOptions);
    return world;
  }

  ScanWorld onBoth(String... statements) throws SQLException {
    onSource(statements);
    onTarget(statements);
    return this;
  }

  void onSource(String... statements) throws SQLException {
    execute(source, statements);
  }

  void onTarget(String... statements) throws SQLException {
    execute(target, statements);
  }

  private static void execute(String database, String... statements) throws SQLException {
    try (Connection connection = server().connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  Connection connectSource() throws SQLException {
    return server().connect(source);
  }

  String sourceUrl() {
    return server().jdbcUrl(source);
  }

  String targetUrl() {
    return server().jdbcUrl(target);
  }

  Scan.Endpoints endpoints() {
    return endpoints(server().user(), server().password());
  }

  Scan.Endpoints endpoints(String user, String password) {
    return Scan.Endpoints.of(
        new SourceConnections(
            new DatabaseEndpoint(sourceUrl(), user, new Secret(password), Map.of())),
        new TargetConnections(
            new DatabaseEndpoint(targetUrl(), user, new Secret(password), Map.of())));
  }

  /** Chunks of a few rows, so that bounds matter. */
  static ScanConfig smallChunks(long rows) {
    return new ScanConfig(2, rows, 0, Tolerances.NONE);
  }

  Scan scan(ScanConfig config) {
    return new Scan(
        config,
        endpoints(),
        RowHash.random(),
        new LookSettlement(PAUSE),
        new MemoryRecords(),
        Clock.systemUTC());
  }

  ScanStatement scanned() {
    return scan(smallChunks(7)).run(List.of());
  }

  /** The statement of the only table. */
  TableStatement only() {
    List<TableStatement> tables = scanned().tables();
    if (tables.size() != 1) {
      throw new IllegalStateException("There are " + tables.size() + " tables");
    }
    return tables.get(0);
  }

  static TableId table(String name) {
    return new TableId("public", name);
  }
}
