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

/** Only the source's side. */
@Command(
    name = "capture",
    description = {
      "Captures all waves into their logs, until Ctrl-C or veer stop.",
      "Where another process does so already, this one stands by and takes over from it.",
      "Needs kafka and registry in the configuration. Serves metrics and health where",
      "observe.capture in the configuration says so."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer capture",
      "  veer capture -c /etc/veer/shop.yaml",
      "  veer capture --wave main     only this wave"
    })
final class CaptureCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final WaitOption wait = new WaitOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave; all if not given.")
  private @Nullable String wave;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    return RolesInFront.run(
        new Asked(config.read(), Role.CAPTURE, wave, false, wait.length()), spec.commandLine());
  }
}
