package nl.veer.benchmarks.ground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.sandbox.process.Programs;

/** Programs that others have made, run in front. */
public final class OutsideProgram {
  private OutsideProgram() {}

  /** Why one of them cannot be run here; empty if all can. */
  public static Optional<String> absent(String... programs) {
    for (String program : programs) {
      if (!Programs.has(program)) {
        return Optional.of("There is no " + program + " on the PATH.");
      }
    }
    return Optional.empty();
  }

  /**
   * Runs a program to its end.
   *
   * @param environment variables beside those of this JVM, for secrets
   * @throws IllegalStateException with its words if it fails
   */
  public static void run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(Work.LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command.get(0) + " failed: " + words);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** A database as libpq is told of it. */
  public static String uri(DatabaseEndpoint database) {
    return database
        .url()
        .replaceFirst(
            "jdbc:postgresql://",
            "postgresql://" + database.user() + ":" + database.password().reveal() + "@");
  }
}
