package nl.veer.control.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "config.md");

  /** Write it anew with {@code -Dveer.docs.write -Dtest=ConfigReferenceTest}. */
  @Test
  void theReferencePageSaysWhatTheRecordsSay() throws Exception {
    if (System.getProperty("veer.docs.write") != null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, ConfigReference.page());
    }
    assertThat(PAGE).content(UTF_8).isEqualTo(ConfigReference.page());
  }
}
