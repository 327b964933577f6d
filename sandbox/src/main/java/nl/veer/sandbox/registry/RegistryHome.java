package nl.veer.sandbox.registry;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.veer.sandbox.process.SandboxFailure;

/**
 * Where the registry's program is: the system property {@code veer.registry.home}, or beside our
 * own code. The build unpacks it into {@code target/registry} next to {@code target/classes}; a
 * distribution has it in {@code registry} next to {@code lib}.
 */
final class RegistryHome {
  static final String PROPERTY = "veer.registry.home";

  private RegistryHome() {}

  /** The runnable jar. */
  static Path runner() {
    List<Path> places = places();
    return places.stream()
        .flatMap(place -> runnerIn(place).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new SandboxFailure(
                    "The schema registry is in none of "
                        + places
                        + "; run `./mvnw -pl sandbox process-resources`, or set -D"
                        + PROPERTY));
  }

  private static List<Path> places() {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return List.of(Path.of(given));
    }
    Path code = codeSource();
    return List.of(code.resolveSibling("registry"), code.resolve("../../registry").normalize());
  }

  private static Path codeSource() {
    CodeSource source = RegistryHome.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new SandboxFailure("Cannot tell where Veer's own code is; set -D" + PROPERTY, e);
    }
  }

  static Optional<Path> runnerIn(Path home) {
    if (!Files.isDirectory(home)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(home)) {
      return files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
