package nl.veer.control.cli;

import java.util.concurrent.Callable;
import nl.veer.control.wave.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Only the source's side. */
@Command(
    name = "capture",
    description = {
      "Captures all waves into their logs, until Ctrl-C or veer stop.",
      "Needs kafka and registry in the configuration. Serves metrics and health where",
      "observe.capture in the configuration says so."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  veer capture", "  veer capture -c /etc/veer/shop.yaml"})
final class CaptureCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final WaitOption wait = new WaitOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    return RolesInFront.run(config.read(), Role.CAPTURE, false, wait.length(), spec.commandLine());
  }
}
