package nl.veer.control.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRemoval;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets the next run load anew. */
@Command(
    name = "load",
    description = {
      "Lets the next veer run load a wave anew, from a new slot and into emptied tables; or only",
      "one table, beside which the wave goes on where it was. Refused while roles run."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer load --again                                  every wave",
      "  veer load --again --wave main",
      "  veer load --again --wave main --table public.orders"
    })
final class LoadCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  // Required, so never read: the command is to be spoken as what it does.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = "--again",
      required = true,
      description = "Forget what was loaded. The first load needs no command: veer run does it.")
  private boolean again;

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave.")
  private @Nullable String wave;

  @Option(names = "--table", paramLabel = "TABLE", description = "Only this table: schema.table.")
  private @Nullable String table;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    VeerConfig read = config.read();
    List<WaveId> waves = Waves.chosen(read, wave);
    TableId only = table == null ? null : table(table, waves);
    PrintWriter out = spec.commandLine().getOut();
    try (ProcessFile process = ProcessFile.claim(read.data(), Role.RUN);
        OpenLog log = OpenLog.open(read)) {
      WaveRemoval removal =
          new WaveRemoval(
              new SourceConnections(read.source().endpoint()),
              new TargetConnections(read.target().endpoint()),
              log.kafka());
      for (WaveId id : waves) {
        if (only == null) {
          removal.loadAgain(id);
          out.println("Wave " + id.wave() + " will be loaded anew by the next veer run.");
        } else {
          removal.loadAgain(id, only);
          out.println("Table " + only + " will be loaded anew by the next veer run.");
        }
      }
    }
    return ExitCode.OK;
  }

  private static TableId table(String text, List<WaveId> waves) {
    int dot = text.indexOf('.');
    if (dot < 1 || waves.size() != 1) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "TABLE",
          dot < 1
              ? "'" + text + "' is not a table: write schema.table."
              : "--table needs --wave, for there are " + waves.size() + " waves.");
    }
    return new TableId(text.substring(0, dot), text.substring(dot + 1));
  }
}
