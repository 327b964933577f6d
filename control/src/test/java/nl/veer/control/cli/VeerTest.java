package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.veer.control.dashboard.http.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class VeerTest {
  /** Nothing listens on port 1, so connecting fails at once. */
  private static final String UNREACHABLE =
      """
      migration: shop
      source: {url: "jdbc:postgresql://127.0.0.1:1/shop", user: veer}
      target: {url: "jdbc:postgresql://127.0.0.1:1/shop", user: veer}
      waves: [{name: main, tables: {}}]
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void versionNamesTheProduct() {
    assertThat(veer("--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("veer ");
  }

  @Test
  void aNewTokenIsPrintedWithWhatTheConfigurationKeepsOfIt() {
    assertThat(veer("dashboard", "--new-token")).isEqualTo(ExitCode.OK);
    List<String> lines = out.toString().lines().toList();
    String token = lines.get(1).strip();
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(lines.get(lines.size() - 1)).contains("sha256: " + Tokens.digest(token));
    assertThat(out.toString().indexOf(token)).isEqualTo(out.toString().lastIndexOf(token));
  }

  @Test
  void aDashboardWhosePortIsTakenSaysWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          directory.resolve("veer.yaml"),
          UNREACHABLE + "dashboard: {port: %d}\n".formatted(taken.getLocalPort()));
      assertThat(veer("dashboard", "-c", directory.resolve("veer.yaml").toString()))
          .isEqualTo(ExitCode.FAILED);
      assertThat(err.toString()).contains("port " + taken.getLocalPort(), "dashboard.port");
    }
  }

  @Test
  void withoutACommandUsageIsWrong() {
    assertThat(veer()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("a command is missing", "veer --help");
  }

  @Test
  void aMisspeltCommandNamesTheNearest() {
    assertThat(veer("statsu")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("status");
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(veer("run", "--fast")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--fast", "veer run --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init",
        "check",
        "run",
        "capture",
        "replicate",
        "load",
        "status",
        "dashboard",
        "scan",
        "gate",
        "cutover",
        "fallback",
        "audit",
        "report",
        "finish",
        "stop",
        "drop",
        "demo",
        "sandbox"
      })
  void everyCommandHasHelpWithExamples(String command) {
    assertThat(veer(command, "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Examples:", "  veer " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "run",
        "capture",
        "replicate",
        "status",
        "gate",
        "cutover",
        "fallback",
        "audit",
        "report",
        "finish",
        "stop",
        "drop"
      })
  void aMissingConfigurationIsAConfigurationError(String command) {
    assertThat(veer(command, "-c", file("none.yaml"))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("none.yaml", "veer init");
  }

  @Test
  void everyProblemOfAConfigurationIsPrinted() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), "migration: 1\nwavs: []\n");

    assertThat(veer("run", "-c", file("veer.yaml"))).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString())
        .contains(":1: migration:", ":2: wavs: unknown key; did you mean 'waves'?", "source:");
  }

  @Test
  void initWritesAnExampleOnce() {
    assertThat(veer("init", "-c", file("new.yaml"))).isEqualTo(ExitCode.OK);
    assertThat(directory.resolve("new.yaml")).content().contains("migration: shop");

    assertThat(veer("init", "-c", file("new.yaml"))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--force");
  }

  @Test
  void initOverwritesWhenForced() throws Exception {
    Files.writeString(directory.resolve("old.yaml"), "old");

    assertThat(veer("init", "-c", file("old.yaml"), "--force")).isEqualTo(ExitCode.OK);

    assertThat(directory.resolve("old.yaml")).content().contains("migration: shop");
  }

  @Test
  void checkTellsWhatCouldNotBeLookedAtAndFails() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("check", "-c", file("veer.yaml"))).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString()).contains("SOURCE_UNREACHABLE", "TARGET_UNREACHABLE");
  }

  @Test
  void checkSpeaksJson() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("check", "--json", "-c", file("veer.yaml"))).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString())
        .contains("\"severity\" : \"ERROR\"", "\"code\" : \"SOURCE_UNREACHABLE\"", "\"remedy\"");
  }

  @Test
  void statusThatCouldNotReadIsUnknownAndNeverFine() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("status", "--json", "-c", file("veer.yaml"))).isEqualTo(ExitCode.UNKNOWN);

    assertThat(out.toString())
        .contains("\"state\" : \"UNKNOWN\"", "\"lagMillis\" : null", "source: ", "target: ");
  }

  @Test
  void runNamesASourceThatCannotBeReached() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("run", "--wait-for-source", "0", "-c", file("veer.yaml")))
        .isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("The source at jdbc:postgresql://127.0.0.1:1/shop");
    assertThat(directory.resolve("veer-data/run.pid")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"capture", "replicate"})
  void oneRoleAloneNeedsKafka(String command) throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer(command, "-c", file("veer.yaml"))).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("needs kafka and registry");
  }

  @Test
  void stopWithNothingRunningIsFine() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("stop", "-c", file("veer.yaml"))).isEqualTo(ExitCode.OK);

    assertThat(out.toString()).contains("Nothing of shop runs here.");
  }

  @Test
  void loadWithoutAgainIsWrongUsage() {
    assertThat(veer("load")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--again");
  }

  @Test
  void anUnknownWaveNamesTheKnownOnes() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("load", "--again", "--wave", "other", "-c", file("veer.yaml")))
        .isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("no wave 'other'; there are: main");
  }

  @Test
  void aTableWithoutItsSchemaIsNotLoadedAnew() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("load", "--again", "--table", "orders", "-c", file("veer.yaml")))
        .isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("'orders' is not a table: write schema.table.");
  }

  @Test
  void aWholeWaveIsNotAskedForWithoutWaiting() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("load", "--again", "--no-wait", "-c", file("veer.yaml")))
        .isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("--no-wait belongs to --table");
  }

  @Test
  void anAuditLogThatCannotBeReadIsNoWholeOne() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("audit", "--check", "-c", file("veer.yaml"))).isEqualTo(ExitCode.UNKNOWN);

    assertThat(err.toString()).contains("veer: UNKNOWN:");
  }

  @Test
  void aReportThatCannotBeReadIsNotWritten() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("report", "--html", file("r.html"), "-c", file("veer.yaml")))
        .isEqualTo(ExitCode.UNKNOWN);

    assertThat(err.toString()).contains("veer: UNKNOWN:");
    assertThat(directory.resolve("r.html")).doesNotExist();
  }

  @Test
  void aFileThatIsNoReportIsNotValid() throws Exception {
    Files.writeString(directory.resolve("r.html"), "<html></html>");

    assertThat(veer("report", "--check", file("r.html"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("The report is not valid. It is no report of Veer");
    assertThat(veer("report", "--check", file("none.html"))).isEqualTo(ExitCode.UNKNOWN);
    assertThat(veer("report", "--check", file("r.html"), "--json", file("r.json")))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theAuditLogIsNotDroppedWithOneWaveOnly() throws Exception {
    Files.writeString(directory.resolve("veer.yaml"), UNREACHABLE);

    assertThat(veer("drop", "--wave", "main", "--audit-too", "-c", file("veer.yaml")))
        .isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("leave --wave out");
  }

  @Test
  void aDemoOfNoTimeIsWrongUsage() {
    assertThat(veer("demo", "--seconds", "0")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aDemoWhoseCertificateHasNoPlaceDoesNotBegin() {
    assertThat(veer("demo", "--certificate", directory.toString())).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains(directory.toString(), "--certificate");
  }

  @Test
  void aDemoWithoutAnOutageIsWrongUsage() {
    assertThat(veer("demo", "--max-outage", "0s")).isEqualTo(ExitCode.USAGE);
    assertThat(veer("demo", "--max-outage", "soon")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void everyCommandDescribesItsOptions() {
    List<String> bare =
        Veer.commandLine().getSubcommands().values().stream()
            .flatMap(command -> command.getCommandSpec().options().stream())
            .filter(option -> !option.hidden() && option.description().length == 0)
            .map(option -> option.longestName())
            .toList();

    assertThat(bare).isEmpty();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private int veer(String... arguments) {
    CommandLine command =
        Veer.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
