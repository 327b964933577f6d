package nl.veer.control.cli;

import java.util.concurrent.Callable;
import nl.veer.control.cli.RolesInFront.Asked;
import nl.veer.control.wave.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Only the target's side. */
@Command(
    name = "replicate",
    description = {
      "Loads all waves and applies their logs to the target, until Ctrl-C or veer stop.",
      "Where another process does so already, this one stands by and takes over from it.",
      "Needs kafka and registry in the configuration, and veer capture to run somewhere.",
      "Serves metrics and health where observe.replicate in the configuration says so."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  veer replicate", "  veer replicate --truncate"})
final class ReplicateCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final WaitOption wait = new WaitOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave; all if not given.")
  private @Nullable String wave;

  @Option(
      names = "--truncate",
      description = "Empty a table of the target that holds rows before it is loaded.")
  private boolean truncate;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    return RolesInFront.run(
        new Asked(config.read(), Role.REPLICATE, wave, truncate, wait.length()),
        spec.commandLine());
  }
}
