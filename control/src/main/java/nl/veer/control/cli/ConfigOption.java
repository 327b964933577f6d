package nl.veer.control.cli;

import java.nio.file.Path;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import picocli.CommandLine.Option;

/** Names the configuration file. */
final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "veer.yaml",
      description = "The configuration; ${DEFAULT-VALUE} if not given.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  VeerConfig read() {
    return ConfigFile.read(file, System.getenv());
  }

  Path file() {
    return file;
  }
}
