package nl.veer.control.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.DatabaseConfig;
import nl.veer.control.config.TlsMode;
import org.jspecify.annotations.Nullable;

/**
 * A database named on the command line. Its password comes from a file or the environment, for
 * every process of the machine may read a command line.
 */
final class ScanEndpoint {
  private final String side;
  private final Map<String, String> environment;

  /**
   * @param side {@code source} or {@code target}
   */
  ScanEndpoint(String side, Map<String, String> environment) {
    this.side = side;
    this.environment = Map.copyOf(environment);
  }

  /**
   * @param user null for what the environment says
   * @param passwordFile null for what the environment says
   * @throws Failure CONFIGURATION
   */
  DatabaseEndpoint of(String url, @Nullable String user, @Nullable Path passwordFile, TlsMode tls) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw wrong("--" + side + " is a JDBC URL, for example jdbc:postgresql://host:5432/shop.");
    }
    String who = user == null ? environment.get(variable("USER")) : user;
    if (who == null) {
      throw wrong(
          "Who reads the %s? Write --%s-user, or set %s.".formatted(side, side, variable("USER")));
    }
    try {
      return new DatabaseConfig(
              url, who, password(passwordFile), tls, null, null, null, null, Map.of())
          .endpoint();
    } catch (IllegalArgumentException e) {
      throw wrong("--" + side + ": " + e.getMessage() + ".");
    }
  }

  private @Nullable Secret password(@Nullable Path file) {
    if (file == null) {
      String password = environment.get(variable("PASSWORD"));
      return password == null ? null : new Secret(password);
    }
    try {
      return new Secret(Files.readString(file).replaceFirst("\\R\\z", ""));
    } catch (IOException e) {
      throw wrong("--" + side + "-password-file: the file " + file + " cannot be read.");
    }
  }

  private String variable(String what) {
    return "VEER_" + side.toUpperCase(Locale.ROOT) + "_" + what;
  }

  private static Failure wrong(String words) {
    return new Failure(FailureKind.CONFIGURATION, "SCAN_OPTIONS", words);
  }
}
