package nl.veer.control.cli;

import java.util.concurrent.Callable;
import nl.veer.control.cli.RolesInFront.Asked;
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
      "What was done before is found again and continued. The dashboard is served",
      "beside it, at http://127.0.0.1:8420 if the configuration says nothing else;",
      "if it cannot be, the rest goes on without it."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer run",
      "  veer run -c shop.yaml",
      "  veer run --truncate        empty the target's tables before they are loaded",
      "  veer run --no-dashboard    listen on no port"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  @Mixin private final WaitOption wait = new WaitOption();

  @Option(
      names = "--truncate",
      description = "Empty a table of the target that holds rows before it is loaded.")
  private boolean truncate;

  @Option(
      names = "--no-dashboard",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Serve the dashboard, or do not; it is served if not given.")
  private boolean dashboard = true;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    return RolesInFront.run(
        new Asked(config.read(), Role.RUN, null, truncate, wait.length()),
        dashboard ? config.file() : null,
        spec.commandLine());
  }
}
