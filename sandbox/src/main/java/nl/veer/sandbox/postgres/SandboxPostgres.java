package nl.veer.sandbox.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import nl.veer.sandbox.process.FreePorts;
import nl.veer.sandbox.process.OwnedProcess;
import nl.veer.sandbox.process.Pause;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.process.ServerDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of its own: logical WAL, every commit on disk, on 127.0.0.1. It runs as
 * whatever user we are, root included, and never outlives this JVM. In a kept directory the
 * cluster, its port and its password survive.
 *
 * <p>Safe for use by several threads; stop and start exclude each other.
 */
public final class SandboxPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxPostgres.class);
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final ServerDirectory directory;
  private final PostgresCluster cluster;
  private final int port;
  private final String password;
  private OwnedProcess process;

  private SandboxPostgres(ServerDirectory directory) {
    this.directory = directory;
    this.cluster =
        new PostgresCluster(directory, PostgresBinaries.unpacked(), PostgresUser.current());
    cluster.create();
    this.port = FreePorts.remembered(directory.resolve("port"));
    this.password = cluster.password();
    this.process = launched();
  }

  /** Starts a server in a directory that is kept; what it already holds is used. */
  public static SandboxPostgres start(Path directory) {
    return started(ServerDirectory.kept(directory));
  }

  /** Starts a server whose directory is deleted on close. */
  public static SandboxPostgres startTemporary() {
    return started(ServerDirectory.temporary("postgres"));
  }

  private static SandboxPostgres started(ServerDirectory directory) {
    try {
      return new SandboxPostgres(directory);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** The JDBC URL of a database, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The superuser's name. */
  public String user() {
    return PostgresCluster.USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** The postmaster's process id. */
  public synchronized long pid() {
    return process.pid();
  }

  public synchronized boolean isRunning() {
    return process.isAlive();
  }

  /** The server's log file. */
  public Path log() {
    return directory.resolve("server.log");
  }

  /** A new connection as superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), user(), password);
  }

  /** Creates a database, unless it is there. */
  public void createDatabase(String name) throws SQLException {
    createDatabase(name, "");
  }

  /**
   * Creates a database, unless it is there.
   *
   * @param options of CREATE DATABASE, for example {@code TEMPLATE template0 ENCODING 'LATIN1'}
   */
  public void createDatabase(String name, String options) throws SQLException {
    try (Connection connection = connect("postgres");
        PreparedStatement lookup =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
        Statement statement = connection.createStatement()) {
      lookup.setString(1, name);
      try (ResultSet found = lookup.executeQuery()) {
        if (!found.next()) {
          statement.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\" " + options);
        }
      }
    }
  }

  /** Speaks TLS and follows the rules from now on; what is connected already stays so. */
  public synchronized void secure(PostgresAccess access) throws SQLException {
    cluster.secure(access);
    String before;
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      before = loadTime(statement);
      statement.execute("ALTER SYSTEM SET ssl_ca_file = 'clients.crt'");
      statement.execute("ALTER SYSTEM SET ssl = on");
      statement.execute("SELECT pg_reload_conf()");
    }
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (loadTime().equals(before)) {
      if (System.nanoTime() > deadline) {
        throw new SandboxFailure("PostgreSQL did not take its new settings: " + log());
      }
      Pause.of(LOOK);
    }
  }

  /** A new session has the postmaster's settings. */
  private String loadTime() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      return loadTime(statement);
    }
  }

  private static String loadTime(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT pg_conf_load_time()::text")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Ends the server; its data stays, until close. */
  public synchronized void stop(StopMode mode) {
    process.end(mode.signal(), STOP_PATIENCE);
  }

  /** Starts the stopped server again, on the same port. */
  public synchronized void resume() {
    if (!process.isAlive()) {
      process = launched();
    }
  }

  /** Stops and starts again, on the same port; returns when it is ready. */
  public synchronized void restart(StopMode mode) {
    stop(mode);
    resume();
  }

  private OwnedProcess launched() {
    long begin = System.nanoTime();
    long deadline = begin + START_PATIENCE.toNanos();
    OwnedProcess server = cluster.launch(port);
    while (!answers()) {
      if (!server.isAlive() && System.nanoTime() < deadline && endedForLeftovers(server)) {
        Pause.of(LOOK);
        server = cluster.launch(port);
      } else if (!server.isAlive() || System.nanoTime() > deadline) {
        server.end("QUIT", STOP_PATIENCE);
        throw server.failedToStart();
      }
      Pause.of(LOOK);
    }
    LOG.atDebug()
        .addKeyValue("port", port)
        .addKeyValue("millis", (System.nanoTime() - begin) / 1_000_000)
        .log("PostgreSQL is ready");
    return server;
  }

  /** After kill -9 the old backends need a moment to notice; until then a new server refuses. */
  private static boolean endedForLeftovers(OwnedProcess server) {
    String words = server.lastWords();
    return words.contains("pre-existing shared memory block")
        || words.contains("lock file \"postmaster.pid\" already exists");
  }

  private boolean answers() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    stop(StopMode.FAST);
    directory.close();
  }
}
