package nl.veer.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.veer.control.dashboard.page.Assets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the screens say, in each of their languages. */
class WordsIT {
  /** For each language: its keys, each with the holes of its text, sorted. */
  private static final String KEYS =
      """
      async (module) => {
        const { default: words } = await import(module)
        const holes = (text) => [...new Set(text.match(/\\{\\w+\\}/g))].sort().join(' ')
        return Object.fromEntries(Object.entries(words).map(([language, texts]) =>
          [language, Object.entries(texts).map(([key, text]) => `${key} ${holes(text)}`).sort()]))
      }
      """;

  @RegisterExtension static final Screens SCREENS = Screens.of(new Shop(1));

  @Test
  void bothLanguagesHaveTheSameWordsWithTheSameHoles() {
    List<String> modules = modules();
    assertThat(modules).contains("shell.js", "overview.js");
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/evidence");
      for (String module : modules) {
        Map<?, ?> keys = (Map<?, ?>) page.evaluate(KEYS, "/assets/words/" + module);
        assertThat(keys.keySet()).as(module).map(String::valueOf).containsExactly("en", "nl");
        assertThat((List<?>) keys.get("nl")).as(module).isNotEmpty().isEqualTo(keys.get("en"));
      }
    }
  }

  /** All that there are, by name, wherever the classes of the dashboard are. */
  private static List<String> modules() {
    try {
      URI words = Assets.class.getResource("words/shell.js").toURI();
      if (words.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(words, Map.of())) {
          return names(jar.provider().getPath(words));
        }
      }
      return names(Path.of(words));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param one of them
   */
  private static List<String> names(Path one) throws IOException {
    try (Stream<Path> files = Files.list(one.resolveSibling(""))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
