package nl.veer.benchmarks.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.benchmarks.connect.ConnectWorker;
import nl.veer.benchmarks.connect.WorkerClassPath;
import nl.veer.benchmarks.cost.Party;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.wave.OpenLog;
import nl.veer.sandbox.kafka.KafkaProcess;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.postgres.StopMode;
import nl.veer.sandbox.process.ServerDirectory;
import nl.veer.sandbox.registry.SandboxRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Source, target, broker and registry, each in processes of its own, so that what they use is told
 * from what the tool uses. Commits are on disk before they are told, and dated. All ends, and
 * nothing is left, on close and when the JVM exits, as by Ctrl-C.
 */
public final class World implements AutoCloseable {
  /** A broker as it is started where it matters: with all compilers, and memory enough. */
  private static final List<String> BROKER = List.of("-Xmx512m", "-XX:+UseG1GC");

  /** As a server has it that was not told. */
  private static final int SCRAM_ITERATIONS = 4_096;

  private final AtomicInteger crossings = new AtomicInteger();

  /** What is to end, the last first. */
  private final Deque<AutoCloseable> started = new ConcurrentLinkedDeque<>();

  private final ServerDirectory scratch;
  private final SandboxPostgres source;
  private final SandboxPostgres target;
  private final KafkaProcess kafka;
  private final SandboxRegistry registry;
  private @Nullable ConnectWorker worker;

  /** Starts all of them. */
  public World() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started), "bench-exit"));
    try {
      this.scratch = kept(started, ServerDirectory.temporary("bench"));
      this.source = kept(started, dated(SandboxPostgres.startTemporary()));
      this.target = kept(started, dated(SandboxPostgres.startTemporary()));
      this.kafka = kept(started, KafkaProcess.startTemporary(BROKER));
      this.registry = kept(started, SandboxRegistry.startTemporary());
    } catch (RuntimeException e) {
      end(started);
      throw e;
    }
  }

  private static <T extends AutoCloseable> T kept(Deque<AutoCloseable> started, T server) {
    started.push(server);
    return server;
  }

  /**
   * When a row was committed can be asked of either side, whoever brought it there. A log-in costs
   * what it costs elsewhere.
   */
  private static SandboxPostgres dated(SandboxPostgres server) {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET track_commit_timestamp = on");
      statement.execute("ALTER SYSTEM SET max_wal_size = '4GB'");
      statement.execute("ALTER SYSTEM SET scram_iterations = " + SCRAM_ITERATIONS);
      statement.execute("SET scram_iterations = " + SCRAM_ITERATIONS);
      statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(server.user(), server.password()));
    } catch (SQLException e) {
      server.close();
      throw new IllegalStateException("The server does not take its settings", e);
    }
    server.restart(StopMode.FAST);
    return server;
  }

  /** The servers, as those whose use is counted. */
  public List<Party> servers() {
    return List.of(
        Party.tree("source", source.pid()),
        Party.tree("target", target.pid()),
        Party.process("broker", kafka.pid()));
  }

  /** The Kafka Connect worker, as one whose use is counted. */
  public Party connect() {
    return Party.process("tool", worker().pid());
  }

  /** A Kafka Connect worker, started when it is first asked for. */
  synchronized ConnectWorker worker() {
    ConnectWorker running = worker;
    if (running == null) {
      running =
          kept(
              started,
              ConnectWorker.start(WorkerClassPath.directory(), kafka.bootstrap(), registry.url()));
      worker = running;
    }
    return running;
  }

  public SandboxPostgres source() {
    return source;
  }

  public SandboxPostgres target() {
    return target;
  }

  /**
   * A new pair of databases, both with the table, empty.
   *
   * @param purpose begins its name, which no other has or had: the log keeps what was
   */
  public Crossing crossing(String purpose, Shape shape) throws SQLException {
    return crossing(purpose, List.of(shape));
  }

  /** The same with several tables. */
  public Crossing crossing(String purpose, List<Shape> shapes) throws SQLException {
    String name = "%s_%s_%d".formatted(purpose, shapes.get(0).name(), crossings.incrementAndGet());
    return Crossing.create(this, name, shapes);
  }

  /** The same with the shop's tables. */
  public Crossing shopCrossing(String purpose) throws SQLException {
    return Crossing.createShop(this, "%s_shop_%d".formatted(purpose, crossings.incrementAndGet()));
  }

  public OpenLog log() {
    return OpenLog.at(kafka(), registry(), TOPIC);
  }

  /** Of a single broker. */
  static final TopicConfig TOPIC = new TopicConfig(1, 1);

  public KafkaEndpoint kafka() {
    return new KafkaEndpoint(kafka.bootstrap(), Map.of());
  }

  public RegistryEndpoint registry() {
    return new RegistryEndpoint(registry.url(), Map.of());
  }

  /** A side's database, as superuser. */
  public static DatabaseEndpoint endpoint(SandboxPostgres side, String database) {
    return new DatabaseEndpoint(
        side.jdbcUrl(database), side.user(), new Secret(side.password()), Map.of());
  }

  /** Runs statements in a database of one side, each in a transaction of its own. */
  public static void execute(SandboxPostgres side, String database, List<String> statements)
      throws SQLException {
    try (Connection connection = side.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Each once; who comes second waits until the first is done, for the JVM ends behind that. */
  private static void end(Deque<AutoCloseable> started) {
    synchronized (started) {
      for (AutoCloseable server = started.poll(); server != null; server = started.poll()) {
        try {
          server.close();
        } catch (Exception e) {
          throw new IllegalStateException("A server does not end", e);
        }
      }
    }
  }

  /**
   * A new directory for a turn's own files, which the turn deletes; what it leaves goes with this.
   *
   * @param purpose begins its name
   */
  public Path directory(String purpose) throws IOException {
    return Files.createTempDirectory(scratch.path(), purpose);
  }

  @Override
  public void close() {
    end(started);
  }
}
