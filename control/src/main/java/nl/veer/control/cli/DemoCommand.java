package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.Durations;
import nl.veer.control.demo.Demo;
import nl.veer.control.demo.DemoOptions;
import nl.veer.control.demo.DemoReport;
import nl.veer.control.demo.DemoWindow;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.process.PrivateFiles;
import nl.veer.sandbox.process.SandboxFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A whole crossing, to watch. */
@Command(
    name = "demo",
    description = {
      "Starts two databases, Kafka and a schema registry of its own, fills a shop, and",
      "moves it while customers write to it: load and live replication, the ledger, a",
      "scan of all tables, the gate, a rehearsal, the cutover, and the way back. In the",
      "end every table is compared, byte by byte, and the certificate is written. Needs",
      "nothing but this machine, and leaves nothing else behind. The dashboard shows",
      "all of it, at http://127.0.0.1:8420, or at a free port if that one is taken."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It went to its end, and both sides are equal, by the verifier and by the oracle.",
      "1:They are not, or the two disagree, or the demo did not get there.",
      "2:The command line is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer demo",
      "  veer demo --seconds 20 --rate 1000",
      "  veer demo --stay                  look around in the dashboard afterwards",
      "  veer demo --data demo-data        the same shop, to and fro",
      "  veer demo --report demo.json && jq .cutover.outageMillis demo.json",
      "  veer report --check veer-demo-report.html"
    })
final class DemoCommand implements Callable<Integer> {
  private static final String ENDED = "the demo was ended before anything was compared";
  private static final long MOST_OUTAGE_SECONDS = 3_600;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "How long the shop is written to before the proof, and a quarter of that behind the"
              + " cutover; ${DEFAULT-VALUE} if not given.")
  private int seconds;

  @Option(
      names = "--rate",
      paramLabel = "TPS",
      defaultValue = "300",
      description = "Transactions per second; ${DEFAULT-VALUE} if not given.")
  private double rate;

  @Option(names = "--rows", paramLabel = "N", defaultValue = "200000", hidden = true)
  private long rows;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the servers' data here, and go on with what is there.")
  private @Nullable Path data;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Write the summary as JSON as well.")
  private @Nullable Path report;

  @Option(
      names = "--certificate",
      paramLabel = "FILE.html",
      defaultValue = "veer-demo-report.html",
      description =
          "Where the signed certificate goes, in the place of what is there; the same as .json"
              + " beside it. ${DEFAULT-VALUE} if not given.")
  private Path certificate = Path.of("veer-demo-report.html");

  @Option(
      names = "--max-outage",
      paramLabel = "TIME",
      defaultValue = "10s",
      description =
          "The cutover may refuse writes for so long; else it is undone, and tried again with twice"
              + " the time. ${DEFAULT-VALUE} if not given.")
  private String maxOutage = "10s";

  @Option(names = "--keep", description = "Keep the servers' data, in a directory that is named.")
  private boolean keep;

  @Option(
      names = "--stay",
      description =
          "When the story is told, keep the servers, the roles and the dashboard until Ctrl-C.")
  private boolean stay;

  @Option(
      names = "--no-dashboard",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Serve the dashboard, or do not; it is served if not given.")
  private boolean dashboard = true;

  /** Whether somebody was told already what came out. */
  private boolean told;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (seconds < 1 || rate <= 0) {
      throw new ParameterException(spec.commandLine(), "--seconds and --rate must be above zero");
    }
    Duration outage = outage();
    requireWritable(certificate);
    PrintWriter out = spec.commandLine().getOut();
    Console console = Console.of(out);
    StopSignal stop = new StopSignal();
    try (CleanExit exit = CleanExit.with(stop::raise)) {
      DemoReport found = run(console, stop, outage);
      if (found.verdict() == DemoReport.Verdict.UNKNOWN && stop.isRaised()) {
        write(found);
        return failed(ENDED);
      }
      if (!told) {
        tell(found);
      }
      return exitCode(found);
    } catch (SandboxFailure | IOException | UncheckedIOException e) {
      // What breaks while everything is being ended is no news.
      return failed(stop.isRaised() ? ENDED : String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (stop.isRaised()) {
        return failed(ENDED);
      }
      throw e;
    }
  }

  private void tell(DemoReport found) {
    told = true;
    write(found);
    PrintWriter out = spec.commandLine().getOut();
    DemoSummary.lines(found).forEach(out::println);
    out.flush();
  }

  private void write(DemoReport found) {
    if (report != null) {
      try {
        PrivateFiles.write(report, Json.write(found) + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A verifier that says something else than the oracle is as bad as a difference. */
  static int exitCode(DemoReport found) {
    return found.isEqual() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Duration outage() {
    try {
      Duration outage = Durations.parse(maxOutage);
      if (outage.toSeconds() >= 1 && outage.toSeconds() <= MOST_OUTAGE_SECONDS) {
        return outage;
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--max-outage: " + e.getMessage());
    }
    throw new ParameterException(spec.commandLine(), "--max-outage: from 1s to 1h");
  }

  /** Nobody watches a whole demo to learn that its end has no place. */
  private void requireWritable(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    while (directory != null && !Files.exists(directory)) {
      directory = directory.getParent();
    }
    if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
      throw new ParameterException(
          spec.commandLine(),
          "The certificate cannot be written to %s; name another file with --certificate"
              .formatted(file));
    }
  }

  private int failed(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("veer: " + message);
    err.flush();
    return ExitCode.FAILED;
  }

  private DemoReport run(Console console, StopSignal stop, Duration outage) throws IOException {
    Path directory = keep && data == null ? Files.createTempDirectory("veer-demo-") : data;
    console.line("Starting two PostgreSQL servers, Kafka and a schema registry …");
    DemoOptions options =
        new DemoOptions(
            Duration.ofSeconds(seconds),
            rate,
            rows,
            outage,
            certificate,
            stay,
            Veer.Version.number());
    DemoWindow window = dashboard ? DemoDashboard::open : DemoWindow.NONE;
    try (Sandbox sandbox = sandbox(directory)) {
      LogFile.open(sandbox.directory().resolve("veer.log"));
      console.line(
          "Ready after %.1f s%s."
              .formatted(
                  sandbox.timeToReady().toMillis() / 1000.0,
                  directory == null ? "" : "; kept in " + directory));
      return new Demo(options, new DemoConsole(console, this::tell), stop, window).run(sandbox);
    } finally {
      console.keep();
    }
  }

  private static Sandbox sandbox(@Nullable Path directory) {
    return (directory == null ? Sandbox.startTemporary() : Sandbox.start(directory))
        .withoutExitHook();
  }
}
