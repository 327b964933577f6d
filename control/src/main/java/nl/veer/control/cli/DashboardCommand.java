package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.Dashboard;
import nl.veer.control.dashboard.http.Tokens;
import nl.veer.control.dashboard.live.DatabaseView;
import nl.veer.control.dashboard.live.LiveDriver;
import nl.veer.control.scan.Scans;
import nl.veer.control.status.StatusReader;
import nl.veer.sandbox.process.PrivateFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The dashboard in a process of its own. */
@Command(
    name = "dashboard",
    description = {
      "Serves the dashboard and its API until Ctrl-C: how far each wave is, what is",
      "proven of it and what is in its way. It follows what the roles say, wherever",
      "they run, and reads from source and target what no role says: every second",
      "while somebody looks, else once in ten seconds for the history. Who may has",
      "things done over it, as the command line does them: a scan, a rehearsal, a",
      "cutover; what is under way is given up and undone on Ctrl-C. veer run serves it",
      "by itself.",
      "With --new-token: makes a token and what the configuration keeps of it."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It was ended.",
      "1:Its port is taken.",
      "2:The command line or the configuration is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer dashboard",
      "  veer dashboard -c shop.yaml",
      "  veer dashboard --new-token",
      "  curl http://127.0.0.1:8420/api/v1/waves"
    })
final class DashboardCommand implements Callable<Integer> {
  private static final Duration FOREVER = Duration.ofDays(36_500);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--new-token",
      description = "Print a new token, and its lines for the configuration, and end.")
  private boolean newToken;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    return newToken ? token() : serve();
  }

  private int token() {
    String token = Tokens.random();
    PrintWriter out = spec.commandLine().getOut();
    out.println("The token, for its owner only; it is kept nowhere:");
    out.println("  " + token);
    out.println("For the configuration, with a name and a role (viewer, operator, approver):");
    out.println("  dashboard:");
    out.println("    tokens:");
    out.println("      - {name: somebody, role: viewer, sha256: " + Tokens.digest(token) + "}");
    out.flush();
    return ExitCode.OK;
  }

  private static void log(Path data) {
    try {
      PrivateFiles.directories(data);
    } catch (IOException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "DATA_DIRECTORY",
          "Cannot make the directory %s. Check `data` in the configuration.".formatted(data),
          e);
    }
    LogFile.open(data.resolve("dashboard.log"));
  }

  private int serve() {
    VeerConfig read = config.read();
    log(read.data());
    Clock clock = Clock.systemDefaultZone();
    String veer = Veer.Version.number();
    StopSignal stop = new StopSignal();
    PrintWriter out = spec.commandLine().getOut();
    try (CleanExit exit = CleanExit.with(stop::raise);
        StatusReader status = new StatusReader(read, clock);
        DatabaseView view =
            new DatabaseView(
                read,
                config.file(),
                veer,
                status::read,
                () -> Scans.log(read),
                (leg, report) -> {},
                clock);
        Dashboard dashboard =
            Dashboard.start(
                read, veer, view, new LiveDriver(read, () -> Scans.log(read)), List.of(), clock)) {
      out.println("Dashboard: " + dashboard.uri());
      out.println("End it with Ctrl-C.");
      out.flush();
      PrintWriter err = spec.commandLine().getErr();
      dashboard.onLeft(
          line -> {
            err.println(line);
            err.flush();
          });
      stop.await(FOREVER);
    }
    return ExitCode.OK;
  }
}
