package nl.veer.control.cli;

import java.util.concurrent.Callable;
import nl.veer.control.wave.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything in one process. */
@Command(
    name = "run",
    description = {
      "Captures, loads and replicates all waves in this process, and keeps the",
      "target's own log as their echo, until Ctrl-C or veer stop.",
      "What was done before is found again and continued."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer run",
      "  veer run -c shop.yaml",
      "  veer run --truncate        empty the target's tables before they are loaded"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final WaitOption wait = new WaitOption();

  @Option(
      names = "--truncate",
      description = "Empty a table of the target that holds rows before it is loaded.")
  private boolean truncate;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    return RolesInFront.run(config.read(), Role.RUN, truncate, wait.length(), spec.commandLine());
  }
}
