package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.postgres.StopMode;
import nl.veer.sandbox.process.Programs;
import nl.veer.sandbox.workload.Connecting;

/** A PostgreSQL server whose data directory can be copied and put back, as a storage snapshot. */
final class KeptServer implements AutoCloseable {
  private static final int FEW_CONNECTIONS = 25;
  private static final String TOO_MANY = "53300";

  private final Path home;
  final SandboxPostgres server;

  KeptServer(Path home) {
    this.home = home;
    this.server = SandboxPostgres.start(home);
  }

  /** A copy of the stopped server's data, which then runs on. */
  Path copy(String name) {
    server.stop(StopMode.FAST);
    Path copy = home.resolveSibling(home.getFileName() + "-" + name);
    run("cp", "-a", data().toString(), copy.toString());
    server.resume();
    return copy;
  }

  /** Puts a copy in the place of the data; the server is left stopped. */
  void putBack(Path copy) {
    server.stop(StopMode.FAST);
    run("rm", "-rf", data().toString());
    run("cp", "-a", copy.toString(), data().toString());
  }

  /** The next start recovers from an archive that has nothing more, and begins a new timeline. */
  void recoverToANewTimeline() throws IOException {
    server.stop(StopMode.FAST);
    Files.writeString(
        data().resolve("postgresql.auto.conf"),
        "\nrestore_command = 'false'\n",
        StandardOpenOption.APPEND);
    Files.createFile(data().resolve("recovery.signal"));
    run("chown", "--reference=" + data().resolve("PG_VERSION"), data() + "/recovery.signal");
    server.resume();
    // It answers before it is through, and is a standby for as long.
    CrossingWorld.await("the end of its recovery", () -> !isInRecovery());
  }

  private boolean isInRecovery() {
    try (Connection connection = server.connect("postgres")) {
      return CrossingWorld.text(connection, "SELECT pg_is_in_recovery()").equals("t");
    } catch (SQLException e) {
      return true;
    }
  }

  /** The next start is that of a standby, which takes no writes until it is promoted. */
  void becomeStandby() throws IOException {
    server.stop(StopMode.FAST);
    Files.createFile(data().resolve("standby.signal"));
    run("chown", "--reference=" + data().resolve("PG_VERSION"), data() + "/standby.signal");
    server.resume();
  }

  /** So few that a test can take them all. */
  void limitConnections() throws SQLException {
    try (Connection connection = server.connect("postgres")) {
      CrossingWorld.execute(connection, "ALTER SYSTEM SET max_connections = " + FEW_CONNECTIONS);
    }
    server.restart(StopMode.FAST);
  }

  /** Opens connections until the server has none left. */
  static void takeAll(List<Connection> taken, Connecting connecting) {
    try {
      while (taken.size() <= FEW_CONNECTIONS) {
        taken.add(connecting.connect());
      }
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(TOO_MANY);
    }
  }

  /** Ends Veer's sessions in the connection's database. */
  static void endVeer(Connection connection) {
    try {
      CrossingWorld.execute(
          connection,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
              + " current_database() AND (application_name LIKE 'veer:%'"
              + " OR backend_type = 'walsender')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Path data() {
    return home.resolve("data");
  }

  private static void run(String... command) {
    Programs.Result result = Programs.run(List.of(command));
    assertThat(result.succeeded()).as(result.output()).isTrue();
  }

  @Override
  public void close() {
    server.close();
  }
}
