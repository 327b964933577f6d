package nl.veer.control.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.WaveId;
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

/** Removes what Veer made. */
@Command(
    name = "drop",
    description = {
      "Removes what Veer made for its waves: slots and publications on both sides,",
      "logs and echoes in Kafka, records on the target. The tables and their rows",
      "stay. Asks first; refused while roles run."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  veer drop", "  veer drop --wave main", "  veer drop --yes"})
final class DropCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave.")
  private @Nullable String wave;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    VeerConfig read = config.read();
    List<WaveId> waves = Waves.chosen(read, wave);
    PrintWriter out = spec.commandLine().getOut();
    out.println("This removes:");
    waves.forEach(id -> announce(out, read, id));
    out.println("Tables and their rows stay on both sides.");
    if (!yes && !confirmed(out, read.migration())) {
      out.println("Nothing was removed.");
      return ExitCode.FAILED;
    }
    try (ProcessFile process = ProcessFile.claim(read.data(), Role.RUN);
        OpenLog log = OpenLog.open(read)) {
      WaveRemoval removal =
          new WaveRemoval(
              new SourceConnections(read.source().endpoint()),
              new TargetConnections(read.target().endpoint()),
              log.kafka());
      for (WaveId id : waves) {
        removal.drop(id);
        out.println("Wave " + id.wave() + " is removed.");
        removal
            .leftPublication(id)
            .ifPresent(name -> out.println("Its owner removes: DROP PUBLICATION " + name + ";"));
        removal
            .leftEchoPublication(id)
            .ifPresent(
                name -> out.println("On the target, its owner: DROP PUBLICATION " + name + ";"));
      }
    }
    return ExitCode.OK;
  }

  private static void announce(PrintWriter out, VeerConfig config, WaveId id) {
    out.println("  wave " + id.wave());
    out.println("    source  slot " + id.slot() + ", publication " + id.publication());
    out.println(
        "    kafka   topics %s and %s and everything in them"
            .formatted(id.logTopic(), id.echo().logTopic()));
    out.println("    target  slot " + id.echo().slot() + ", publication of the same name");
    out.println(
        "    target  the wave's stamp and loads; the schema veer with the last wave ("
            + config.target().url()
            + ")");
  }

  private static boolean confirmed(PrintWriter out, String migration) {
    out.print("Write the migration's name (" + migration + ") to go on: ");
    out.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return migration.equals(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
