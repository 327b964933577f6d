package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code veer scan} between two databases, with no migration and no Kafka. */
class ScanCommandIT {
  private static SandboxPostgres server;

  @TempDir private static Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    server = SandboxPostgres.startTemporary();
    Files.writeString(directory.resolve("password"), server.password() + "\n");
    for (String database : List.of("origin", "backup")) {
      server.createDatabase(database);
      execute(
          database,
          "CREATE TABLE same (id int PRIMARY KEY, v text)",
          "INSERT INTO same SELECT i, 'row ' || i FROM generate_series(1, 100) i",
          "CREATE TABLE other (id text PRIMARY KEY, v text)",
          "INSERT INTO other VALUES ('private key', 'x')");
    }
    execute("backup", "UPDATE other SET v = 'y'");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void execute(String database, String... statements) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void equalTablesAreEqual() {
    assertThat(scan("--table", "public.same")).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("EQUAL     public.same: 100 rows at the source, 100 at the target")
        .contains("all chunks at one position: source ");
  }

  @Test
  void aDifferenceIsNamedWithoutItsValues() {
    assertThat(scan()).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString())
        .contains("DIFFERENT public.other: 1 rows at the source, 1 at the target, 1 differ")
        .contains("row values in v")
        .doesNotContain("private key");
  }

  @Test
  void keysAreShownWhereTheyAreAskedFor() {
    assertThat(scan("--json", "--show-keys")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString())
        .contains("\"verdict\" : \"DIFFERENT\"", "private key", "\"sourceRows\" : 100");
  }

  @Test
  void aTableThatIsNotThereIsUnknown() {
    assertThat(scan("--table", "public.none")).isEqualTo(ExitCode.UNKNOWN);
    assertThat(out.toString()).contains("UNKNOWN   public.none", "ERROR: ", "UNKNOWN (ERROR)");
  }

  @Test
  void aWrongPasswordIsAConfigurationError() throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong"), "wrong");

    assertThat(scan("--target-password-file", wrong.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("The target refuses Veer").doesNotContain("wrong\n");
  }

  @Test
  void aPasswordInTheUrlIsRefused() {
    assertThat(scan("--source", server.jdbcUrl("origin") + "?password=x"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("a secret does not belong into it");
  }

  @Test
  void aServerThatIsNotThereIsNoAnswer() {
    assertThat(scan("--target", "jdbc:postgresql://127.0.0.1:1/backup"))
        .isEqualTo(ExitCode.UNKNOWN);
    assertThat(err.toString()).contains("The target is away");
  }

  /** The last of an option's values counts. */
  private int scan(String... more) {
    String password = directory.resolve("password").toString();
    List<String> arguments = new ArrayList<>(List.of("scan"));
    add(arguments, more, "--source", server.jdbcUrl("origin"));
    add(arguments, more, "--target", server.jdbcUrl("backup"));
    add(arguments, more, "--source-user", server.user());
    add(arguments, more, "--target-user", server.user());
    add(arguments, more, "--source-password-file", password);
    add(arguments, more, "--target-password-file", password);
    arguments.addAll(List.of(more));
    CommandLine command = Veer.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  private static void add(List<String> arguments, String[] more, String option, String value) {
    if (!List.of(more).contains(option)) {
      arguments.add(option);
      arguments.add(value);
    }
  }
}
