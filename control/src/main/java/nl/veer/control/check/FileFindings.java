package nl.veer.control.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges who may read the files that hold secrets. */
public final class FileFindings {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private FileFindings() {}

  /** A warning for each that somebody beside its owner may read. */
  public static List<Finding> of(List<Path> secretFiles) {
    return secretFiles.stream().flatMap(file -> of(file).stream()).toList();
  }

  private static Optional<Finding> of(Path file) {
    Set<PosixFilePermission> rights;
    try {
      rights = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException | IOException e) {
      return Optional.of(warning(file, "Who may read it could not be looked at."));
    }
    return rights.stream().anyMatch(OTHERS::contains)
        ? Optional.of(warning(file, "It holds a secret, and others than its owner may read it."))
        : Optional.empty();
  }

  private static Finding warning(Path file, String message) {
    return Finding.warning(
        "SECRET_READABLE", file.toString(), message, "chmod 600 '%s'".formatted(file));
  }
}
