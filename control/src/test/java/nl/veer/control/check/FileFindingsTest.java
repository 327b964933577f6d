package nl.veer.control.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFindingsTest {
  @TempDir private Path directory;

  @Test
  void aSecretThatOthersMayReadIsAWarning() throws Exception {
    Path own = file("own", "rw-------");
    Path group = file("group", "rw-r-----");
    Path world = file("world", "rw----r--");

    assertThat(FileFindings.of(List.of(own, group, world)))
        .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING))
        .extracting(Finding::remedy)
        .containsExactly("chmod 600 '" + group + "'", "chmod 600 '" + world + "'");
  }

  @Test
  void aFileThatCannotBeLookedAtIsNotFine() {
    assertThat(FileFindings.of(List.of(directory.resolve("absent"))))
        .extracting(Finding::code)
        .containsExactly("SECRET_READABLE");
  }

  private Path file(String name, String rights) throws Exception {
    Path file = Files.writeString(directory.resolve(name), "word");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
