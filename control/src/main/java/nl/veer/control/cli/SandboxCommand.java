package nl.veer.control.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The parts of a crossing to try, each as a process of its own. */
@Command(
    name = "sandbox",
    description = {
      "The parts of a crossing to try, each as a process of its own: what the",
      "containers of docker-compose.yml run beside databases, Kafka and Veer itself."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  veer sandbox shop --help", "  veer sandbox registry --help"},
    subcommands = {ShopCommand.class, RegistryCommand.class, SecretsCommand.class})
final class SandboxCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }
}
