package nl.veer.control.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.standby.Standbys;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.StatusReader;
import nl.veer.control.status.StatusTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How far everything is. */
@Command(
    name = "status",
    description = {
      "Says how far each wave is, from source, log and target, and how each role",
      "is, by its own words; any machine that reaches them can ask. What could not",
      "be read is shown as ? and named, a role that says nothing any more as SILENT,",
      "never as fine. After a cutover the wave is on a later leg, and SOURCE is the",
      "side that applications write to then."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything could be read, whatever it says.",
      "2:The configuration is wrong.",
      "3:Something could not be read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer status",
      "  veer status --tables",
      "  veer status --json | jq '.waves[] | {wave, state, lagMillis}'",
      "  veer status --json | jq '.waves[].roles[] | select(.state == \"SILENT\")'"
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  @Option(names = "--tables", description = "Show the verdict of each table.")
  private boolean tables;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    VeerConfig read = config.read();
    MigrationStatus status = StatusReader.once(read, Clock.systemUTC());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(status));
    } else {
      StatusTable.lines(status.waves()).forEach(out::println);
      Standbys.of(read).forEach(out::println);
      if (tables) {
        status.waves().forEach(wave -> StatusTable.tables(wave).forEach(out::println));
      }
    }
    return status.known() ? ExitCode.OK : ExitCode.UNKNOWN;
  }
}
