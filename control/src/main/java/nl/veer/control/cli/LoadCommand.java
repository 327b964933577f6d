package nl.veer.control.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.audit.Audited;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.standby.Standbys;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.TableReload;
import nl.veer.control.wave.Waves;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has a wave, or some of its tables, loaded anew. */
@Command(
    name = "load",
    description = {
      "Has tables loaded anew while their wave goes on, or whole waves.",
      "With --table: the wave's replicator, in whatever process it runs, empties",
      "and fills them between two batches; the other tables wait meanwhile, and",
      "their log is kept. Waits for that and shows how far it is; Ctrl-C ends the",
      "waiting, not the load. Where nothing runs, the next veer run does it.",
      "Without --table: lets the next veer run load a wave anew, from a new slot",
      "and into emptied tables. Refused while roles run.",
      "After a cutover this is about the way back: tables of the old source are emptied, and",
      "filled from the target."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The tables are loaded; with --no-wait or without --table: it is recorded.",
      "1:It was refused, and nothing is changed.",
      "2:The command line or the configuration is wrong.",
      "3:Not loaded yet, and not waited for any longer. The words say what stands."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer load --again --table public.orders    while the wave goes on",
      "  veer load --again --table public.orders --table public.lines --wave main",
      "  veer load --again --table public.orders --no-wait",
      "  veer load --again                          every wave, after veer stop",
      "  veer load --again --wave main"
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

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Only this table: schema.table. May be given again.")
  private List<String> tables = new ArrayList<>();

  @Option(names = "--no-wait", description = "With --table: ask, and do not wait for the load.")
  private boolean noWait;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    VeerConfig read = config.read();
    Waves.chosen(read, wave);
    List<String> wanted = tables.stream().map(LoadCommand::named).distinct().toList();
    if (wanted.isEmpty() && noWait) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "LOAD_OPTIONS",
          "--no-wait belongs to --table: a whole wave is loaded by the next veer run.");
    }
    if (wanted.isEmpty()) {
      loadWaves(read);
      return ExitCode.OK;
    }
    return loadTables(read, Waves.legs(read, wave), wanted);
  }

  private void loadWaves(VeerConfig read) {
    PrintWriter out = spec.commandLine().getOut();
    Audited audited = Audited.of(read);
    Migration migration = Migration.of(read);
    List<Leg> legs = Waves.legs(read, migration, wave);
    try (ProcessFile process = ProcessFile.claim(read.data(), Role.RUN);
        OpenLog log = OpenLog.open(read)) {
      Legs all = new Legs(migration, log);
      for (Leg leg : legs) {
        Standbys.requireNone(read, leg.home(), Role.CAPTURE, Role.REPLICATE, Role.VERIFY);
        audited.around(leg.home().wave(), "veer load --again", () -> all.loadAgain(leg));
        out.println(
            "Wave %s will be loaded anew by the next veer run%s."
                .formatted(
                    leg.home().wave(),
                    leg.number() == 0
                        ? ""
                        : ", from the %s into the %s".formatted(leg.fromWord(), leg.toWord())));
      }
    }
  }

  private int loadTables(VeerConfig read, List<Leg> legs, List<String> wanted) {
    Console console = Console.of(spec.commandLine().getOut());
    TableReload reload = new TableReload(legs);
    Map<WaveId, List<TableId>> meant = reload.find(legs.stream().map(Leg::wave).toList(), wanted);
    Audited audited = Audited.of(read);
    ReloadRequest.Asking asking =
        new ReloadRequest.Asking() {
          @Override
          public void requireGround(WaveId wave, List<TableId> its) {
            reload.requireGround(wave, its);
          }

          @Override
          public List<TableId> ask(WaveId wave, List<TableId> its) {
            audited.asked(wave.home().wave(), "veer load --again of " + names(its));
            return reload.ask(wave, its);
          }
        };
    if (!new ReloadRequest(meant, asking, console).run()) {
      return ExitCode.UNKNOWN;
    }
    if (noWait) {
      return ExitCode.OK;
    }
    StopSignal stop = new StopSignal();
    try (CleanExit exit = CleanExit.with(stop::raise)) {
      return new ReloadInFront(
              meant, reload::look, console, stop, System::nanoTime, ReloadInFront.PACE)
          .run();
    }
  }

  private static String names(List<TableId> tables) {
    return String.join(", ", tables.stream().map(TableId::toString).toList());
  }

  private static String named(String text) {
    if (text.indexOf('.') < 1) {
      throw new Failure(
          FailureKind.CONFIGURATION, "TABLE", "'" + text + "' is not a table: write schema.table.");
    }
    return text;
  }
}
