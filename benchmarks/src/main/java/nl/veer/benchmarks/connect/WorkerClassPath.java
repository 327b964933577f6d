package nl.veer.benchmarks.connect;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the worker's jars are: the system property {@code veer.connect.lib}, or what the build put
 * into {@code connect-worker/target/lib} beside our own {@code target}.
 */
public final class WorkerClassPath {
  private static final String PROPERTY = "veer.connect.lib";

  private WorkerClassPath() {}

  /** The directory of the jars. */
  public static Path directory() {
    String given = System.getProperty(PROPERTY);
    Path directory = given == null ? built() : Path.of(given);
    if (!Files.isDirectory(directory)) {
      throw new ConnectFailure(
          "The Connect worker's jars are not in "
              + directory
              + "; run `./mvnw -Dquick -DskipTests package -pl benchmarks -am`, or set -D"
              + PROPERTY);
    }
    return directory;
  }

  private static Path built() {
    try {
      Path code =
          Path.of(
              WorkerClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.resolve("../../connect-worker/target/lib").normalize();
    } catch (URISyntaxException e) {
      throw new ConnectFailure("Cannot tell where Veer's own code is; set -D" + PROPERTY, e);
    }
  }
}
