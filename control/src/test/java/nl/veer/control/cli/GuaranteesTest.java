package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page of guarantees to tests that are there. */
class GuaranteesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/guarantees.md");

  /** {@code Class.method} of a test, as the page writes it. */
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  private static final Pattern METHOD = Pattern.compile("(?m)^  (?:void|Stream<\\w+>) (\\w+)\\(");

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> named =
        NAMED
            .matcher(Files.readString(PAGE))
            .results()
            .map(match -> match.group(1) + "." + match.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).hasSizeGreaterThan(20);
    assertThat(tests()).containsAll(named);
  }

  private static Set<String> tests() throws IOException {
    Set<String> tests = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files.filter(GuaranteesTest::isTest).forEach(file -> collect(file, tests));
    }
    return tests;
  }

  private static boolean isTest(Path file) {
    String path = file.toString();
    return path.contains("src/test/java") && path.matches(".*(Test|IT)\\.java");
  }

  private static void collect(Path file, Set<String> tests) {
    String name = file.getFileName().toString().replace(".java", "");
    try {
      Matcher methods = METHOD.matcher(Files.readString(file));
      while (methods.find()) {
        tests.add(name + "." + methods.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
