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
import org.junit.jupiter.api.Test;

/** Holds the operator's guide to the codes that the sources know. */
class OperatorsGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "operators-guide.md");

  private static final List<String> MODULES = List.of("connectors", "replicator", "control");

  private static final List<Pattern> FAILURES =
      List.of(
          Pattern.compile("FailureKind\\.[A-Z_]+,\\s*\"([A-Z_]+)\""),
          Pattern.compile("\\b(?:broken|lost)\\(\\s*\"([A-Z_]+)\""));

  /** In a driver's failures, the code comes from what the driver says. */
  private static final Pattern TRANSLATED = Pattern.compile("(?:->|[?:]) \"([A-Z_]+)\"");

  @Test
  void everyFailureThatExistsIsExplained() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      FAILURES.forEach(pattern -> collect(pattern, text, codes));
      if (source.getFileName().toString().endsWith("Failures.java")) {
        collect(TRANSLATED, text, codes);
      }
    }
    String guide = Files.readString(GUIDE);

    assertThat(codes).hasSizeGreaterThan(50);
    assertThat(codes)
        .as("codes that docs/operators-guide.md, section 7, does not have")
        .filteredOn(code -> !guide.contains("`" + code + "`"))
        .isEmpty();
  }

  private static void collect(Pattern pattern, String text, Set<String> codes) {
    pattern.matcher(text).results().forEach(match -> codes.add(match.group(1)));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = MODULES.stream().map(name -> Path.of("..", name, "src", "main"))) {
      return modules.flatMap(OperatorsGuideTest::javaFiles).toList();
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
