package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.Pauses;
import nl.veer.connectors.log.LogReader;
import nl.veer.sandbox.oracle.Judgement;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.jspecify.annotations.Nullable;

/** A source and a target database of one server, a log between them, and replicators to run. */
public final class World implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Much shorter than as it ships, so that nobody waits for its looks and tries. */
  private static final Rhythm RHYTHM =
      new Rhythm(
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          new Pauses(
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofMillis(500),
              Duration.ofMillis(500)));

  private final SandboxPostgres server;
  private final String sourceName;
  private final String targetName;
  private final Connection source;
  private final Connection target;
  private final List<Running> running = new ArrayList<>();
  private MemoryLog log = new MemoryLog();
  private @Nullable SlotLog slot;
  private int batchRows = 10_000;
  private UnaryOperator<String> urls = UnaryOperator.identity();
  private UnaryOperator<LogReader> readers = UnaryOperator.identity();
  public final WaveId wave;

  /** A replicator on a thread of its own. */
  public record Running(Replicator replicator, CompletableFuture<@Nullable Failure> end) {}

  public World(SandboxPostgres server) throws SQLException {
    this.server = server;
    int number = COUNT.incrementAndGet();
    wave = new WaveId("shop", "w" + number);
    sourceName = "source" + number;
    targetName = "target" + number;
    server.createDatabase(sourceName);
    server.createDatabase(targetName);
    source = server.connect(sourceName);
    target = server.connect(targetName);
  }

  public Connection source() {
    return source;
  }

  public Connection target() {
    return target;
  }

  public MemoryLog log() {
    return log;
  }

  public void batchRows(int rows) {
    batchRows = rows;
  }

  /** The replicators that are started from now on reach databases and log through these. */
  public World through(UnaryOperator<String> urls, UnaryOperator<LogReader> readers) {
    this.urls = urls;
    this.readers = readers;
    return this;
  }

  public World both(String sql) throws SQLException {
    onSource(sql);
    return onTarget(sql);
  }

  public World onSource(String sql) throws SQLException {
    return execute(source, sql);
  }

  public World onTarget(String sql) throws SQLException {
    return execute(target, sql);
  }

  private World execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return this;
  }

  public String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** What the capture does first: publication and slot. */
  public World capture(String tables) throws SQLException {
    slot = new SlotLog(server.connect(sourceName), wave.slot(), tables, log);
    return this;
  }

  public Connection anotherSource() throws SQLException {
    return server.connect(sourceName);
  }

  public SourceConnections sourceConnections() {
    return new SourceConnections(endpoint(sourceName));
  }

  public TargetConnections targetConnections() {
    return new TargetConnections(endpoint(targetName));
  }

  /** As another role of the server, which gets the sandbox's password. */
  public TargetConnections targetConnectionsOf(String role) throws SQLException {
    onTarget("ALTER ROLE " + role + " PASSWORD '" + server.password() + "'");
    DatabaseEndpoint own = endpoint(targetName);
    return new TargetConnections(
        new DatabaseEndpoint(own.url(), role, own.password(), own.properties()));
  }

  /** As another role of the server, which gets the sandbox's password. */
  public SourceConnections sourceConnectionsOf(String role) throws SQLException {
    onSource("ALTER ROLE " + role + " PASSWORD '" + server.password() + "'");
    DatabaseEndpoint own = endpoint(sourceName);
    return new SourceConnections(
        new DatabaseEndpoint(own.url(), role, own.password(), own.properties()));
  }

  private DatabaseEndpoint endpoint(String database) {
    return new DatabaseEndpoint(
        urls.apply(server.jdbcUrl(database)),
        server.user(),
        new Secret(server.password()),
        Map.of());
  }

  public Running start(String... tables) {
    return start(false, tables);
  }

  public Running start(boolean truncate, String... tables) {
    return start(new PostgresTarget(), RHYTHM.grace(), truncate, tables);
  }

  /**
   * @param grace how long a stop waits before it cuts what hangs
   */
  public Running start(TargetDialect dialect, Duration grace, boolean truncate, String... tables) {
    return start(sourceConnections(), dialect, grace, truncate, tables);
  }

  /** Reads the source over other connections. */
  public Running startFrom(SourceConnections source, String... tables) {
    return start(source, new PostgresTarget(), RHYTHM.grace(), false, tables);
  }

  private Running start(
      SourceConnections from,
      TargetDialect dialect,
      Duration grace,
      boolean truncate,
      String... tables) {
    List<TableId> ids = java.util.Arrays.stream(tables).map(t -> new TableId("public", t)).toList();
    Replicator replicator =
        new Replicator(
            new ReplicatorConfig(
                wave, ids, 2, truncate, batchRows, 8 << 20, Duration.ofMillis(500)),
            from,
            targetConnections(),
            () -> readers.apply(log.reader()),
            dialect,
            RHYTHM.withGrace(grace));
    CompletableFuture<@Nullable Failure> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                replicator.run();
                end.complete(null);
              } catch (Failure failure) {
                end.complete(failure);
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    Running started = new Running(replicator, end);
    running.add(started);
    return started;
  }

  public void stop(Running one) {
    one.replicator().stop();
    await().atMost(PATIENCE).until(one.end()::isDone);
  }

  /** Writes a heartbeat and waits until it is applied, so that everything before it is too. */
  public void awaitApplied(Running one) throws SQLException {
    onSource("SELECT pg_logical_emit_message(true, '" + wave.markerPrefix() + ".heartbeat', '')");
    LsnPosition now = LsnPosition.parse(query(source, "SELECT pg_current_wal_insert_lsn()::text"));
    onSource("SELECT pg_logical_emit_message(true, '" + wave.markerPrefix() + ".heartbeat', '')");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              if (one.end().isDone() && one.end().get() != null) {
                throw new AssertionError("The replicator ended: " + one.end().get());
              }
              ReplicatorStatus status = one.replicator().status();
              if (status.state() == ReplicatorStatus.State.INCIDENT) {
                throw new AssertionError("Incident: " + status.failure());
              }
              return status.applied() != null && status.applied().compareTo(now) >= 0;
            });
  }

  /** Waits until an incident is over by itself. */
  public void awaitMended(Running one) throws SQLException {
    await().atMost(PATIENCE).until(() -> one.replicator().status().failure() == null);
    awaitApplied(one);
  }

  public Failure awaitIncident(Running one) {
    await()
        .atMost(PATIENCE)
        .until(() -> one.replicator().status().state() == ReplicatorStatus.State.INCIDENT);
    Failure failure = one.replicator().status().failure();
    assertThat(failure).isNotNull();
    return java.util.Objects.requireNonNull(failure);
  }

  public void assertEqual() throws SQLException {
    try (Connection left = server.connect(sourceName);
        Connection right = server.connect(targetName)) {
      Judgement judgement = Oracle.compare(left, right, List.of("public"));
      assertThat(judgement.equal()).as(judgement.toString()).isTrue();
    }
  }

  /** Leaves nothing but the two databases, empty; much cheaper than another world. */
  public void startOver() throws SQLException {
    endAll();
    onSource("DROP PUBLICATION IF EXISTS " + wave.slot());
    both("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    onTarget("DROP SCHEMA IF EXISTS veer CASCADE");
    log = new MemoryLog();
  }

  private void endAll() throws SQLException {
    running.forEach(one -> one.replicator().stop());
    running.forEach(one -> await().atMost(PATIENCE).until(one.end()::isDone));
    running.clear();
    if (slot != null) {
      slot.close();
      slot = null;
      onSource("SELECT pg_drop_replication_slot('" + wave.slot() + "')");
    }
  }

  @Override
  public void close() throws SQLException {
    endAll();
    source.close();
    target.close();
    try (Connection connection = server.connect("postgres")) {
      execute(connection, "DROP DATABASE " + sourceName + " WITH (FORCE)");
      execute(connection, "DROP DATABASE " + targetName + " WITH (FORCE)");
    }
  }
}
