package nl.veer.control.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Moves a wave's writes to the target. */
@Command(
    name = "cutover",
    description = {
      "Moves a wave's writes from the source to the target, if the gate is open: writes are refused,",
      "what is open is waited for, the target catches up, both sides are compared while they",
      "stand still, sequences are set, the way back is started and tried, and the target takes the",
      "writes. What goes wrong before that, or takes too long, is undone by itself, on Ctrl-C too;",
      "after a kill -9 by --abort, from any machine. Runs beside veer run. See docs/cutover.md."
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
      "  veer cutover --dry-run                     the gate and the plan",
      "  veer cutover --rehearse                    up to the proof, and back",
      "  veer cutover --max-outage 3s --yes --json",
      "  veer cutover --abort                       undo what a killed process has left"
    })
final class CutoverCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final CutoverOptions options = new CutoverOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    return new CutoverInFront(config.read(), options, spec.commandLine(), "cutover").run();
  }
}
