package nl.veer.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Who may read what was written: its owner alone. */
final class PrivateModes {
  private PrivateModes() {}

  /** As {@code ls} shows it: {@code rw-------}. */
  static String of(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** All regular files in a directory and those below it. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Nobody but the owner may read, write or enter anything, from this directory on. */
  static void assertPrivate(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      assertThat(all.toList())
          .isNotEmpty()
          .allSatisfy(path -> assertThat(of(path)).as(path.toString()).endsWith("------"));
    }
  }
}
