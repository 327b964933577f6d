package nl.veer.control.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CliReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "cli.md");

  /** Write it anew with {@code -Dveer.docs.write -Dtest=CliReferenceTest}. */
  @Test
  void theReferencePageSaysWhatHelpSays() throws Exception {
    if (System.getProperty("veer.docs.write") != null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, CliReference.page());
    }
    assertThat(PAGE).content(UTF_8).isEqualTo(CliReference.page());
  }
}
