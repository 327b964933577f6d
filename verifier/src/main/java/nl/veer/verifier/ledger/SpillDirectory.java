package nl.veer.verifier.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Where one ledger puts what memory does not hold. Its files can be read by their owner alone and
 * have no name once they are open (where the system can do that), so that they end with the process
 * however it ends; what was left over all the same is deleted at the start.
 */
final class SpillDirectory {
  private static final String PREFIX = "veer-ledger-";

  private final Path directory;

  SpillDirectory(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*")) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  SpillFile open(ShapeNumbers shapes) {
    try {
      return new SpillFile(
          FileChannel.open(
              directory.resolve(PREFIX + UUID.randomUUID()),
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE),
              attributes()),
          shapes);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static FileAttribute<?>[] attributes() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  static Failure failed(IOException cause) {
    return new Failure(
        FailureKind.TRANSIENT,
        "LEDGER_SPILL",
        "The ledger cannot write or read its files for what memory does not hold ("
            + cause.getClass().getSimpleName()
            + ": "
            + cause.getMessage()
            + "). Make room on the disk of Veer's data directory; the ledger then goes on by itself,"
            + " with the transaction that it was at.",
        cause);
  }
}
