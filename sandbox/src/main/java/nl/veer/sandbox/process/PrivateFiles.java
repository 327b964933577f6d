package nl.veer.sandbox.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and directories for their owner alone, whatever the umask: they are made so, and never were
 * anything else for a moment.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /** Makes the directory and those above it that are missing; one that is there stays as it is. */
  public static void directories(Path directory) throws IOException {
    Files.createDirectories(directory, DIRECTORY);
  }

  /** Writes a text in the place of whatever the file held. */
  public static Path write(Path file, String text) throws IOException {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes in the place of whatever the file held. */
  public static Path write(Path file, byte[] content) throws IOException {
    touch(file);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    return file;
  }

  /**
   * Makes the file if there is none; takes others' rights away if there is one. A device or a pipe
   * is everybody's and stays so.
   */
  public static Path touch(Path file) throws IOException {
    try {
      create(file);
    } catch (FileAlreadyExistsException e) {
      if (Files.isRegularFile(file) && !Files.getPosixFilePermissions(file).equals(FILE)) {
        Files.setPosixFilePermissions(file, FILE);
      }
    }
    return file;
  }

  /**
   * Makes an empty file.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  public static void create(Path file) throws IOException {
    Set<OpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileChannel.open(file, fresh, PosixFilePermissions.asFileAttribute(FILE)).close();
  }
}
