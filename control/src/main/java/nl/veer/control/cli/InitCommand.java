package nl.veer.control.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.ExampleConfig;
import nl.veer.sandbox.process.PrivateFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes an example configuration. */
@Command(
    name = "init",
    description = "Writes a commented veer.yaml to begin with.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  veer init", "  veer init -c shop.yaml", "  veer init --force"})
final class InitCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--force", description = "Overwrite the file if it exists.")
  private boolean force;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    Path file = config.file();
    if (Files.exists(file) && !force) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "EXISTS",
          file + " exists. Overwrite it with --force, or name another file with --config.");
    }
    try {
      PrivateFiles.write(file, ExampleConfig.text());
    } catch (IOException e) {
      throw new Failure(
          FailureKind.CONFIGURATION, "CONFIG_FILE", "Cannot write " + file + ": " + e, e);
    }
    spec.commandLine()
        .getOut()
        .println("Wrote " + file + ". Put your two connections in, then: veer check");
    return ExitCode.OK;
  }
}
