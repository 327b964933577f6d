package nl.veer.browser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import nl.veer.control.cli.Veer;
import nl.veer.sandbox.postgres.SandboxPostgres;

/** Two databases, {@code veer run} between them in a process of its own, and a shop that writes. */
final class RealCrossing implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("veer.patience", 240));

  private static final String SCHEMA =
      """
      CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL);
      CREATE TABLE orders (
        id int PRIMARY KEY, customer int NOT NULL REFERENCES customers, note text NOT NULL);
      """;

  private static final int ORDERS = 2_000;
  private static final Duration PACE = Duration.ofMillis(20);

  private final SandboxPostgres source = SandboxPostgres.startTemporary();
  private final SandboxPostgres target = SandboxPostgres.startTemporary();
  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Thread writer = new Thread(this::write, "shop");

  /**
   * @param directory of its files
   * @param dashboard lines of its section in the configuration
   */
  RealCrossing(Path directory, List<String> dashboard) throws SQLException, IOException {
    this.directory = directory;
    for (SandboxPostgres server : List.of(source, target)) {
      server.createDatabase("shop");
      execute(server, SCHEMA);
    }
    execute(
        source,
        """
        INSERT INTO customers SELECT i, 'c' || i FROM generate_series(1, 50) i;
        INSERT INTO orders SELECT i, 1 + i %% 50, 'n' || i FROM generate_series(1, %d) i
        """
            .formatted(ORDERS));
    Files.writeString(directory.resolve("source"), source.password());
    Files.writeString(directory.resolve("target"), target.password());
    Files.writeString(
        directory.resolve("veer.yaml"),
        """
        migration: shop
        source: {url: "%s", user: %s, password: "${file:source}"}
        target: {url: "%s", user: %s, password: "${file:target}"}
        waves: [{name: main, tables: {}}]
        dashboard:
          port: 0
        %s
        """
            .formatted(
                source.jdbcUrl("shop"),
                source.user(),
                target.jdbcUrl("shop"),
                target.user(),
                String.join("\n", dashboard)));
    veer("run");
    writer.start();
  }

  /** Where its dashboard is, once it says so. */
  URI dashboard() {
    return await().atMost(PATIENCE).until(this::said, Optional::isPresent).orElseThrow();
  }

  private Optional<URI> said() throws IOException {
    return Files.readAllLines(output("run")).stream()
        .filter(line -> line.startsWith("Dashboard: "))
        .map(line -> URI.create(line.substring("Dashboard: ".length())))
        .findFirst();
  }

  private Path output(String command) {
    return directory.resolve(command + ".out");
  }

  /** Somebody who is not Veer writes on the target. */
  void onTarget(String sql) throws SQLException {
    execute(target, sql);
  }

  /**
   * Whether the shop may write there.
   *
   * @param side source or target
   */
  boolean isWritable(String side) {
    try {
      execute(
          side.equals("source") ? source : target,
          "BEGIN; INSERT INTO customers VALUES (900, 'new'); ROLLBACK");
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }

  /** Runs a command until it succeeds: what is in motion wants another try. */
  void command(String... words) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Process process = veer(words);
              assertThat(process.waitFor(PATIENCE.toSeconds(), SECONDS)).isTrue();
              assertThat(process.exitValue()).as(Files.readString(output(words[0]))).isZero();
            });
  }

  private Process veer(String... words) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Veer.class.getName()));
    line.addAll(List.of(words));
    line.addAll(List.of("-c", directory.resolve("veer.yaml").toString()));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(output(words[0]).toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** One order after the other, and a change to an old one; whoever is refused knocks again. */
  private void write() {
    int next = ORDERS;
    while (open.get()) {
      LockSupport.parkNanos(PACE.toNanos());
      try (Connection connection = source.connect("shop");
          Statement statement = connection.createStatement()) {
        while (open.get()) {
          LockSupport.parkNanos(PACE.toNanos());
          next++;
          statement.execute(
              "INSERT INTO orders VALUES (%d, %d, 'new')".formatted(next, 1 + next % 50));
          statement.execute(
              "UPDATE orders SET note = 'u%d' WHERE id = %d".formatted(next, 100 + next % 900));
        }
      } catch (SQLException refused) {
        next--;
      }
    }
  }

  private static void execute(SandboxPostgres server, String sql) throws SQLException {
    try (Connection connection = server.connect("shop");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws InterruptedException {
    open.set(false);
    writer.join();
    for (Process process : processes) {
      process.destroy();
      assertThat(process.waitFor(60, SECONDS)).isTrue();
    }
    source.close();
    target.close();
  }
}
