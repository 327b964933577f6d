package nl.veer.control.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Moves a wave's writes back to the source. */
@Command(
    name = "fallback",
    description = {
      "Moves a wave's writes from the target back to the source, which the reverse stream has kept",
      "equal since the cutover: the same steps the other way round, with the same gate, the same",
      "proof, and the same ways out. It can go to and fro any number of times. See docs/cutover.md."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It came to its end; with --abort: nothing is left of it.",
      "1:It was given up, or the gate is shut: the same side takes writes as before.",
      "2:The command line or the configuration is wrong.",
      "3:It was not brought to an end: see what it says, then --abort or --resume."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer fallback --dry-run                    the gate and the plan",
      "  veer fallback --rehearse                   up to the proof, and back",
      "  veer fallback --max-outage 3s --yes --json"
    })
final class FallbackCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final CutoverOptions options = new CutoverOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    return new CutoverInFront(config.read(), options, spec.commandLine(), "fallback").run();
  }
}
