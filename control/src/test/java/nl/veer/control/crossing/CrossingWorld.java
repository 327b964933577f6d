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
final class CrossingWorld implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(25);
  private static final Duration HEARTBEAT = Duration.ofMillis(200);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final WaveId wave = new WaveId("it", "c" + NUMBERS.incrementAndGet());
  private final String database = wave.wave();
  private final List<Crossing> crossings = new ArrayList<>();

  private static final class Shared {
    /** Its own exit hook ends it with this JVM. */
    static final Sandbox SANDBOX = Sandbox.startTemporary();
  }

  /** Makes the databases and runs the statements on both. */
  static CrossingWorld with(String... ddl) throws SQLException {
    CrossingWorld world = new CrossingWorld();
    sandbox().source().createDatabase(world.database);
    sandbox().target().createDatabase(world.database);
    world.onBoth(ddl);
    return world;
  }

  static Sandbox sandbox() {
    return Shared.SANDBOX;
  }

  Connection source() throws SQLException {
    return sandbox().source().connect(database);
  }

  Connection target() throws SQLException {
    return sandbox().target().connect(database);
  }

  void onBoth(String... statements) throws SQLException {
    onTarget(statements);
    onSource(statements);
  }

  /** Each statement is a transaction. */
  void onSource(String... statements) throws SQLException {
    try (Connection connection = source()) {
      execute(connection, statements);
    }
  }

  /** Each statement is a transaction, of somebody who is not Veer. */
  void onTarget(String... statements) throws SQLException {
    try (Connection connection = target()) {
      execute(connection, statements);
    }
  }

  /** All statements are one transaction of the source. */
  void inOneTransaction(String... statements) throws SQLException {
    try (Connection connection = source()) {
      connection.setAutoCommit(false);
      execute(connection, statements);
      connection.commit();
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  String sourceText(String query) throws SQLException {
    try (Connection connection = source()) {
      return text(connection, query);
    }
  }

  String targetText(String query) throws SQLException {
    try (Connection connection = target()) {
      return text(connection, query);
    }
  }

  /** Rows as lines, columns with a bar between them. */
  static String text(Connection connection, String query) throws SQLException {
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

  Migration migration() throws SQLException {
    try (Connection connection = source()) {
      List<TableId> tables =
          PostgresCatalog.tables(connection).stream().map(TableSchema::id).toList();
      return new Migration(
          new SourceConnections(endpoint(sandbox().source())),
          new TargetConnections(endpoint(sandbox().target())),
          Map.of(wave, tables),
          new TuningConfig(2, 20_000, new Size(16 << 20), Duration.ofMillis(500), HEARTBEAT));
    }
  }

  private DatabaseEndpoint endpoint(SandboxPostgres server) {
    return new DatabaseEndpoint(
        server.jdbcUrl(database), server.user(), new Secret(server.password()), Map.of());
  }

  /** Starts roles; the world ends them. */
  Crossing begin(Role role) throws SQLException {
    OpenLog log = OpenLog.at(sandbox().kafka(), sandbox().registry());
    Crossing crossing = Crossing.start(this, migration(), log, role);
    crossings.add(crossing);
    return crossing;
  }

  /** Starts both roles and returns when what is written from now on comes through the log. */
  Crossing cross() throws SQLException {
    Crossing crossing = begin(Role.RUN);
    crossing.awaitReplicating();
    return crossing;
  }

  /** A position behind everything that was committed on the source before this call. */
  LsnPosition mark() throws SQLException {
    LsnPosition behind = LsnPosition.parse(sourceText("SELECT pg_current_wal_insert_lsn()"));
    String prefix = wave.markerPrefix() + ".marker.test";
    onSource("SELECT pg_logical_emit_message(true, '" + prefix + "', 'here')");
    return behind;
  }

  /** The oracle, not Veer: every table of every schema, byte by byte. */
  void assertEqual() throws SQLException {
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

  static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(LOOK).until(condition::getAsBoolean);
  }

  @Override
  public void close() throws SQLException {
    crossings.forEach(Crossing::close);
    try (Connection connection = source()) {
      execute(
          connection,
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name ="
              + " '"
              + wave.slot()
              + "'");
    }
  }
}
