package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.Size;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.awaitility.Awaitility;

/**
 * A test's own pair of databases and its own wave, on a sandbox that all tests of this JVM share.
 * Every wait is bounded. Owned by the test's thread.
 */
public final class CrossingWorld implements AutoCloseable {
  /** Seconds; more where a machine does much besides: {@code -Dveer.patience=600}. */
  public static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("veer.patience", 90));

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration HEARTBEAT = Duration.ofMillis(200);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  public final WaveId wave = new WaveId("it", "c" + NUMBERS.incrementAndGet());
  private final String database;
  private final Servers servers;
  private final List<Crossing> crossings = new ArrayList<>();

  private static final class Shared {
    /** Its own exit hook ends it with this JVM. */
    static final Sandbox SANDBOX = Sandbox.startTemporary();
  }

  private CrossingWorld(Servers servers, String suffix) {
    this.servers = servers;
    this.database = wave.wave() + suffix;
  }

  /** Makes the databases and runs the statements on both. */
  public static CrossingWorld with(String... ddl) throws SQLException {
    return on(Servers.of(sandbox()), ddl);
  }

  /** As {@link #with}, between other database servers, which the test may break. */
  public static CrossingWorld on(SandboxPostgres source, SandboxPostgres target, String... ddl)
      throws SQLException {
    Servers shared = Servers.of(sandbox());
    return on(new Servers(source, target, shared.bootstrap(), shared.registry()), ddl);
  }

  /** As {@link #with}, on servers of the test's own, which it may break. */
  public static CrossingWorld on(Servers servers, String... ddl) throws SQLException {
    return of(servers, "", "", "", ddl);
  }

  /**
   * Makes databases of a certain sort on the shared servers.
   *
   * @param suffix of their name
   * @param source options of CREATE DATABASE on the source
   * @param target the same on the target
   */
  public static CrossingWorld of(String suffix, String source, String target, String... ddl)
      throws SQLException {
    return of(Servers.of(sandbox()), suffix, source, target, ddl);
  }

  private static CrossingWorld of(
      Servers servers, String suffix, String source, String target, String... ddl)
      throws SQLException {
    CrossingWorld world = new CrossingWorld(servers, suffix);
    servers.source().createDatabase(world.database, source);
    servers.target().createDatabase(world.database, target);
    world.onBoth(ddl);
    return world;
  }

  public Servers servers() {
    return servers;
  }

  /** The name of both databases. */
  public String database() {
    return database;
  }

  public static Sandbox sandbox() {
    return Shared.SANDBOX;
  }

  public Connection source() throws SQLException {
    return servers.source().connect(database);
  }

  public Connection target() throws SQLException {
    return servers.target().connect(database);
  }

  public void onBoth(String... statements) throws SQLException {
    onTarget(statements);
    onSource(statements);
  }

  /** Each statement is a transaction. */
  public void onSource(String... statements) throws SQLException {
    try (Connection connection = source()) {
      execute(connection, statements);
    }
  }

  /** Each statement is a transaction, of somebody who is not Veer. */
  public void onTarget(String... statements) throws SQLException {
    try (Connection connection = target()) {
      execute(connection, statements);
    }
  }

  /** All statements are one transaction of the source. */
  public void inOneTransaction(String... statements) throws SQLException {
    try (Connection connection = source()) {
      connection.setAutoCommit(false);
      execute(connection, statements);
      connection.commit();
    }
  }

  public static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  public String sourceText(String query) throws SQLException {
    try (Connection connection = source()) {
      return text(connection, query);
    }
  }

  public String targetText(String query) throws SQLException {
    try (Connection connection = target()) {
      return text(connection, query);
    }
  }

  /** Rows as lines, columns with a bar between them. */
  public static String text(Connection connection, String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(row.getString(i)));
        }
        lines.add(String.join("|", values));
      }
    }
    return String.join("\n", lines);
  }

  public Migration migration() throws SQLException {
    try (Connection connection = source()) {
      List<TableId> tables =
          PostgresCatalog.tables(connection).stream().map(TableSchema::id).toList();
      return new Migration(
          new SourceConnections(sourceEndpoint()),
          new TargetConnections(targetEndpoint()),
          Map.of(wave, tables),
          new TuningConfig(2, 20_000, new Size(16 << 20), Duration.ofMillis(500), HEARTBEAT));
    }
  }

  /** The source's database, as superuser. */
  public DatabaseEndpoint sourceEndpoint() {
    return endpoint(servers.source());
  }

  /** The target's database, as superuser. */
  public DatabaseEndpoint targetEndpoint() {
    return endpoint(servers.target());
  }

  private DatabaseEndpoint endpoint(SandboxPostgres server) {
    return new DatabaseEndpoint(
        server.jdbcUrl(database), server.user(), new Secret(server.password()), Map.of());
  }

  /** Starts roles; the world ends them. */
  public Crossing begin(Role role) throws SQLException {
    return begin(role, migration(), OpenLog.at(sandbox().kafka(), sandbox().registry()));
  }

  /** Starts roles that reach the servers another way; the world ends them. */
  public Crossing begin(Role role, Migration migration, OpenLog log) {
    Crossing crossing = Crossing.start(this, migration, log, role);
    crossings.add(crossing);
    return crossing;
  }

  /** Starts both roles and returns when what is written from now on comes through the log. */
  public Crossing cross() throws SQLException {
    Crossing crossing = begin(Role.RUN);
    crossing.awaitReplicating();
    return crossing;
  }

  /** A position behind everything that was committed on the source before this call. */
  public LsnPosition mark() throws SQLException {
    LsnPosition behind = LsnPosition.parse(sourceText("SELECT pg_current_wal_insert_lsn()"));
    String prefix = wave.markerPrefix() + ".marker.test";
    onSource("SELECT pg_logical_emit_message(true, '" + prefix + "', 'here')");
    return behind;
  }

  /** The oracle, not Veer: every table of every schema, byte by byte. */
  public void assertEqual() throws SQLException {
    String schemas =
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'"
            + " AND nspname NOT IN ('information_schema', 'veer')";
    try (Connection source = source();
        Connection target = target()) {
      List<String> names = text(source, schemas).lines().toList();
      assertThat(Oracle.compare(source, target, names).tables())
          .isNotEmpty()
          .allSatisfy(table -> assertThat(table.difference()).as(table.table()).isEmpty());
    }
  }

  public static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(LOOK).until(condition::getAsBoolean);
  }

  @Override
  public void close() throws SQLException {
    crossings.forEach(Crossing::close);
    try (Connection connection = source()) {
      dropSlot(connection, wave.slot());
    }
    try (Connection connection = target()) {
      dropSlot(connection, wave.echo().slot());
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as("the target is the test's own, and ended").startsWith("08");
    }
  }

  private static void dropSlot(Connection connection, String name) throws SQLException {
    String slot = " FROM pg_replication_slots WHERE slot_name = '" + name + "'";
    // A role that was killed leaves a server process behind, which notices after a while.
    String active = "SELECT count(pg_terminate_backend(active_pid))" + slot + " AND active";
    await("the slot to be free", () -> isNone(connection, active));
    execute(connection, "SELECT pg_drop_replication_slot(slot_name)" + slot);
  }

  private static boolean isNone(Connection connection, String count) {
    try {
      return text(connection, count).equals("0");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
