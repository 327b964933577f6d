package nl.veer.control.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.veer.control.cli.Veer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellFilesTest {
  private final Map<String, String> files = ShellFiles.all();

  @TempDir private Path directory;

  @Test
  void everyCommandHasAPage() {
    assertThat(files).containsKeys("man/man1/veer.1", "man/man1/veer-cutover.1");
    for (String command : Veer.commandLine().getSubcommands().keySet()) {
      assertThat(files.get("man/man1/veer-" + command + ".1"))
          .contains(".SH NAME\nveer-" + command + " \\- ", ".SH OPTIONS", ".SH EXAMPLES");
    }
  }

  @Test
  void aPageSaysWhatAnOptionIsForAndItsDefault() {
    assertThat(files.get("man/man1/veer-cutover.1"))
        .contains("\\fB\\-\\-max\\-outage\\fR \\fITIME\\fR\nWrites may be refused for so long")
        .contains("The configuration; veer.yaml if not given.")
        .doesNotContain("${");
  }

  @Test
  void manReadsThePagesWithoutAWarning() throws Exception {
    assumeTrue(onPath("groff"), "groff is not there");
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getKey().startsWith("man/")) {
        assertThat(run(file.getValue(), "groff", "-man", "-Tutf8", "-ww", "-z"))
            .as(file.getKey())
            .isEmpty();
      }
    }
  }

  @Test
  void theShellsKnowCommandsAndTheirOptions() {
    assertThat(files.get("completions/veer.bash")).contains("complete -F", "--rehearse");
    assertThat(files.get("completions/_veer"))
        .startsWith("#compdef veer\n")
        .contains("'cutover:Moves a wave'", "'(--rehearse)--rehearse[Everything up to the proof");
  }

  @Test
  void theShellsReadTheirCompletions() throws Exception {
    for (String shell : new String[] {"bash", "zsh"}) {
      if (onPath(shell)) {
        String name = shell.equals("bash") ? "veer.bash" : "_veer";
        String script = Objects.requireNonNull(files.get("completions/" + name));
        assertThat(run(script, shell, "-n")).isEmpty();
      }
    }
  }

  /** What the program prints of the text. */
  private String run(String text, String... command) throws Exception {
    Path in = Files.writeString(directory.resolve("in"), text);
    Process process =
        new ProcessBuilder(command).redirectInput(in.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return printed + (process.exitValue() == 0 ? "" : "exit code " + process.exitValue());
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }
}
