package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.demo.Demo;
import nl.veer.control.demo.DemoOptions;
import nl.veer.control.demo.DemoReport;
import nl.veer.control.demo.DemoScreen;
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
      "Starts two databases, Kafka and a schema registry of its own, fills a shop, and carries it",
      "over while customers write to it. Then compares every table, byte by byte. Needs nothing but",
      "this machine, and leaves nothing behind."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Both sides are equal.",
      "1:They are not, or the demo did not get there.",
      "2:The command line is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer demo",
      "  veer demo --seconds 20 --rate 1000",
      "  veer demo --data demo-data        the same shop goes on next time",
      "  veer demo --report demo.json"
    })
final class DemoCommand implements Callable<Integer> {
  private static final String ENDED = "the demo was ended before anything was compared";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long the shop is written to; ${DEFAULT-VALUE} if not given.")
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

  @Option(names = "--keep", description = "Keep the servers' data, in a directory that is named.")
  private boolean keep;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (seconds < 1 || rate <= 0) {
      throw new ParameterException(spec.commandLine(), "--seconds and --rate must be above zero");
    }
    PrintWriter out = spec.commandLine().getOut();
    Console console = Console.of(out);
    StopSignal stop = new StopSignal();
    try (CleanExit exit = CleanExit.with(stop::raise)) {
      DemoReport found = run(console, stop);
      if (report != null) {
        PrivateFiles.write(report, Json.write(found) + "\n");
      }
      if (found.verdict() == DemoReport.Verdict.UNKNOWN && stop.isRaised()) {
        return failed(ENDED);
      }
      DemoSummary.lines(found).forEach(out::println);
      return found.isEqual() ? ExitCode.OK : ExitCode.FAILED;
    } catch (SandboxFailure | IOException e) {
      // What breaks while everything is being ended is no news.
      return failed(stop.isRaised() ? ENDED : String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (stop.isRaised()) {
        return failed(ENDED);
      }
      throw e;
    }
  }

  private int failed(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("veer: " + message);
    err.flush();
    return ExitCode.FAILED;
  }

  private DemoReport run(Console console, StopSignal stop) throws IOException {
    Path directory = keep && data == null ? Files.createTempDirectory("veer-demo-") : data;
    console.line("Starting two PostgreSQL servers, Kafka and a schema registry …");
    DemoOptions options = new DemoOptions(Duration.ofSeconds(seconds), rate, rows, directory);
    try (Sandbox sandbox = sandbox(directory)) {
      LogFile.open(sandbox.directory().resolve("veer.log"));
      console.line(
          "Ready after %.1f s%s."
              .formatted(
                  sandbox.timeToReady().toMillis() / 1000.0,
                  directory == null ? "" : "; kept in " + directory));
      return new Demo(options, new Screen(console), stop).run(sandbox);
    } finally {
      console.keep();
    }
  }

  private static Sandbox sandbox(@Nullable Path directory) {
    return (directory == null ? Sandbox.startTemporary() : Sandbox.start(directory))
        .withoutExitHook();
  }

  /** Redraws on a terminal; elsewhere a line every few seconds. */
  private static final class Screen implements DemoScreen {
    private static final long TERMINAL_PACE_NANOS = 500_000_000L;
    private static final long PLAIN_PACE_NANOS = 5_000_000_000L;

    private final Console console;
    private long printed = System.nanoTime();

    Screen(Console console) {
      this.console = console;
    }

    @Override
    public void line(String text) {
      console.line(text);
    }

    @Override
    public void now(List<String> table, String plain) {
      long now = System.nanoTime();
      if (now - printed < (console.isTerminal() ? TERMINAL_PACE_NANOS : PLAIN_PACE_NANOS)) {
        return;
      }
      printed = now;
      if (console.isTerminal()) {
        console.redraw(table);
      } else {
        console.line(plain);
      }
    }
  }
}
