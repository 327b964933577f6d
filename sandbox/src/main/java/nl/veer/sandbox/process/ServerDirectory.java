package nl.veer.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one server, locked against a second owner while it is open. A temporary one is
 * deleted on close, any other is kept.
 */
public final class ServerDirectory implements AutoCloseable {
  private static final int DELETE_ATTEMPTS = 50;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

  private final Path path;
  private final boolean temporary;
  private final FileChannel lockFile;

  private ServerDirectory(Path path, boolean temporary, FileChannel lockFile) {
    this.path = path;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /** Opens a directory that is kept; it is created when it is not there. */
  public static ServerDirectory kept(Path path) {
    return open(path.toAbsolutePath().normalize(), false);
  }

  /** Opens a new directory that is deleted on close. */
  public static ServerDirectory temporary(String name) {
    try {
      return open(Files.createTempDirectory("veer-" + name + "-"), true);
    } catch (IOException e) {
      throw new SandboxFailure(
          "Cannot create a temporary directory in "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e
              + "; is the disk full, or may this user not write there?",
          e);
    }
  }

  private static ServerDirectory open(Path path, boolean temporary) {
    try {
      PrivateFiles.directories(path);
      FileChannel file =
          FileChannel.open(PrivateFiles.touch(path.resolve("lock")), StandardOpenOption.WRITE);
      if (lock(file) == null) {
        file.close();
        throw new SandboxFailure(path + " is in use by another sandbox; end that one first");
      }
      return new ServerDirectory(path, temporary, file);
    } catch (IOException e) {
      throw new SandboxFailure(
          "Cannot use the directory " + path + ": " + e + "; may this user write there?", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  public Path path() {
    return path;
  }

  public Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      lockFile.close();
      if (temporary) {
        deletePatiently();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last backends of a killed server may still write here for a moment. */
  private void deletePatiently() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        delete(path);
        return;
      } catch (IOException | UncheckedIOException e) {
        if (attempt == DELETE_ATTEMPTS) {
          throw e;
        }
        Pause.of(BETWEEN_ATTEMPTS);
      }
    }
  }

  /** Deletes a directory with all that is in it. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }
}
