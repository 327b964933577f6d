package nl.veer.containers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine's that is run to its end, in a directory and with variables. */
record Program(Path directory, Map<String, String> environment) {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** How it ended, and all that it printed. */
  record Ended(int code, String out) {
    /** What it printed, if it ended well. */
    String orFail() {
      if (code != 0) {
        throw new AssertionError("Exit code " + code + ": " + out);
      }
      return out;
    }
  }

  Program {
    environment = Map.copyOf(environment);
  }

  static Program here() {
    return new Program(Path.of("").toAbsolutePath(), Map.of());
  }

  static boolean isThere(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
  }

  Ended run(List<String> command) {
    return run(LIMIT, command);
  }

  Ended run(Duration limit, List<String> command) {
    try {
      Path out = Files.createTempFile("veer-program-", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          return new Ended(-1, "not ended within " + limit + ": " + Files.readString(out));
        }
        return new Ended(process.exitValue(), Files.readString(out));
      } finally {
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }
}
