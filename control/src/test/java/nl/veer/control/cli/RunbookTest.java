package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;

/** Holds the runbook to the codes that the sources know, both ways. */
class RunbookTest {
  private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");

  private static final List<String> MODULES =
      List.of("connectors", "replicator", "connect-plugin", "verifier", "control");

  private static final List<Pattern> FAILURES =
      List.of(
          Pattern.compile("FailureKind\\.[A-Z_]+,\\s*\"([A-Z_]+)\""),
          Pattern.compile("\\b(?:broken|lost)\\(\\s*\"([A-Z_]+)\""));

  /** In a driver's failures, the code comes from what the driver says. */
  private static final Pattern TRANSLATED = Pattern.compile("(?:->|[?:]) \"([A-Z_]+)\"");

  /** A code where the runbook explains it: at the beginning of a table's line. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[A-Z_]+`(?:, )?)+) \\|");

  private static final Pattern CODE = Pattern.compile("`([A-Z_]+)`");

  @Test
  void everyFailureThatExistsIsExplained() throws IOException {
    assertThat(codes()).hasSizeGreaterThan(50);
    String runbook = Files.readString(RUNBOOK);
    assertThat(codes())
        .as("codes that docs/runbook.md does not have")
        .filteredOn(code -> !runbook.contains("`" + code + "`"))
        .isEmpty();
  }

  @Test
  void nothingIsExplainedThatDoesNotExist() throws IOException {
    Set<String> explained = new TreeSet<>();
    ROW.matcher(Files.readString(RUNBOOK))
        .results()
        .forEach(row -> collect(CODE, row.group(1), explained));
    for (FailureKind kind : FailureKind.values()) {
      explained.remove(kind.name());
    }
    assertThat(explained).hasSizeGreaterThan(50);
    StringBuilder all = new StringBuilder();
    for (Path source : sources()) {
      all.append(Files.readString(source));
    }
    assertThat(explained)
        .as("codes of docs/runbook.md that nothing has")
        .filteredOn(code -> all.indexOf("\"" + code + "\"") < 0)
        .isEmpty();
  }

  private static Set<String> codes() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      FAILURES.forEach(pattern -> collect(pattern, text, codes));
      if (source.getFileName().toString().endsWith("Failures.java")) {
        collect(TRANSLATED, text, codes);
      }
    }
    return codes;
  }

  private static void collect(Pattern pattern, String text, Set<String> codes) {
    pattern.matcher(text).results().forEach(match -> codes.add(match.group(1)));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = MODULES.stream().map(name -> Path.of("..", name, "src", "main"))) {
      return modules.flatMap(RunbookTest::javaFiles).toList();
    }
  }

  private static Stream<Path> javaFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
