package nl.veer.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.sandbox.process.SandboxFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxPostgresIT {
  @TempDir Path directory;

  @Test
  void commitsToDiskAndWritesLogicalWal() throws Exception {
    try (SandboxPostgres postgres = SandboxPostgres.startTemporary()) {
      Map<String, String> settings = new TreeMap<>();
      for (String name :
          new String[] {
            "fsync", "synchronous_commit", "wal_level", "max_wal_senders", "max_replication_slots"
          }) {
        settings.put(name, query(postgres, "SHOW " + name));
      }

      assertThat(settings)
          .containsEntry("fsync", "on")
          .containsEntry("synchronous_commit", "on")
          .containsEntry("wal_level", "logical")
          .containsEntry("max_wal_senders", "100")
          .containsEntry("max_replication_slots", "100");
    }
  }

  @Test
  void aLogInCostsNoIterations() throws Exception {
    try (SandboxPostgres postgres = SandboxPostgres.startTemporary()) {
      execute(postgres, "CREATE ROLE clerk PASSWORD 'secret'");

      assertThat(query(postgres, "SELECT string_agg(left(rolpassword, 16), ' ') FROM pg_authid"))
          .isEqualTo("SCRAM-SHA-256$1: SCRAM-SHA-256$1:");
    }
  }

  @ParameterizedTest
  @EnumSource(StopMode.class)
  void survivesARestartWithItsCommits(StopMode mode) throws Exception {
    try (SandboxPostgres postgres = SandboxPostgres.startTemporary()) {
      int port = postgres.port();
      execute(postgres, "CREATE TABLE kept (n int)");
      execute(postgres, "INSERT INTO kept VALUES (42)");

      postgres.restart(mode);

      assertThat(postgres.port()).isEqualTo(port);
      assertThat(query(postgres, "SELECT n FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void keepsClusterPortAndPasswordInAKeptDirectory() throws Exception {
    String url;
    try (SandboxPostgres postgres = SandboxPostgres.start(directory)) {
      postgres.createDatabase("shop");
      postgres.createDatabase("shop");
      url = postgres.jdbcUrl("shop");
    }

    try (SandboxPostgres again = SandboxPostgres.start(directory)) {
      assertThat(again.jdbcUrl("shop")).isEqualTo(url);
      assertThat(query(again, "SELECT 1 FROM pg_database WHERE datname = 'shop'")).isEqualTo("1");
    }
  }

  @Test
  void leavesNoProcessAndNoTemporaryFileBehind() {
    SandboxPostgres postgres = SandboxPostgres.startTemporary();
    long pid = postgres.pid();

    postgres.close();

    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(postgres.log().getParent()).doesNotExist();
  }

  @Test
  void refusesADirectoryThatIsInUse() {
    try (SandboxPostgres first = SandboxPostgres.start(directory)) {
      assertThat(first.isRunning()).isTrue();
      assertThatThrownBy(() -> SandboxPostgres.start(directory))
          .isInstanceOf(SandboxFailure.class)
          .hasMessageContaining("in use by another sandbox");
    }
  }

  @Test
  void saysWhyItCannotStart() throws Exception {
    SandboxPostgres.start(directory).close();
    Path settings = directory.resolve("data/postgresql.conf");
    Files.writeString(settings, Files.readString(settings) + "\nwal_level = nonsense\n");

    assertThatThrownBy(() -> SandboxPostgres.start(directory))
        .isInstanceOf(SandboxFailure.class)
        .hasMessageContaining("PostgreSQL cannot run")
        .hasMessageContaining("invalid value for parameter \"wal_level\"");
  }

  private static void execute(SandboxPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(SandboxPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
