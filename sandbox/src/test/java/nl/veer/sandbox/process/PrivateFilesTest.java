package nl.veer.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir private Path directory;

  @Test
  void whatIsMadeIsItsOwnersAlone() throws Exception {
    Path inner = directory.resolve("a/b");
    Path file = inner.resolve("file");

    PrivateFiles.directories(inner);
    PrivateFiles.write(file, "first");
    PrivateFiles.write(file, "2nd");

    assertThat(rights(file)).isEqualTo("rw-------");
    assertThat(rights(directory.resolve("a"))).isEqualTo("rwx------");
    assertThat(rights(directory.resolve("a/b"))).isEqualTo("rwx------");
    assertThat(file).hasContent("2nd");
  }

  @Test
  void whatIsThereAlreadyIsTakenFromOthers() throws Exception {
    Path file = Files.createFile(directory.resolve("open"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    PrivateFiles.touch(file);

    assertThat(rights(file)).isEqualTo("rw-------");
  }

  @Test
  void whatIsNoFileKeepsItsRights() throws Exception {
    Path other = Files.createDirectory(directory.resolve("no file"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxrwxrwx"));

    PrivateFiles.touch(other);

    assertThat(rights(other)).isEqualTo("rwxrwxrwx");
  }

  private static String rights(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
