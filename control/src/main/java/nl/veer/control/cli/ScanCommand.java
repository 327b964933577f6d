package nl.veer.control.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.TlsMode;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.scan.Scans;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the tables of two databases. */
@Command(
    name = "scan",
    description = {
      "Compares the tables of two databases, inside of them, and says EQUAL, DIFFERENT or UNKNOWN.",
      "With --source and --target any two: a restored backup with its origin, for example. Without",
      "them a migration's waves, while they run: the log says which rows are in motion, and what it",
      "says is kept on the target, for the verdict. Tables are only read. Rows that change meanwhile",
      "are looked at again; what goes on changing is UNKNOWN."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:EQUAL.",
      "1:DIFFERENT.",
      "2:The command line is wrong, or a database refuses.",
      "3:UNKNOWN: something could not be read, or went on changing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer scan",
      "  veer scan --wave main --every 15m",
      "  veer scan --source jdbc:postgresql://a/shop --target jdbc:postgresql://b/shop \\",
      "            --source-user veer --target-user veer",
      "  veer scan … --table public.orders --show-keys",
      "  veer scan … --rate 50000 --json | jq '.tables[] | {table, verdict}'",
      "",
      "Users and passwords may be in VEER_SOURCE_USER, VEER_SOURCE_PASSWORD, VEER_TARGET_USER and",
      "VEER_TARGET_PASSWORD."
    })
final class ScanCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh])");

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave.")
  private @Nullable String wave;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "Again and again, so long after each end: 30s, 15m, 2h. Until Ctrl-C.")
  private @Nullable String every;

  @Option(names = "--once", description = "Once; so it is if --every is not given.")
  private boolean once;

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = "The source's JDBC URL, instead of a configuration.")
  private @Nullable String source;

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "The target's JDBC URL, instead of a configuration.")
  private @Nullable String target;

  @Option(names = "--source-user", paramLabel = "ROLE", description = "Who reads the source.")
  private @Nullable String sourceUser;

  @Option(names = "--target-user", paramLabel = "ROLE", description = "Who reads the target.")
  private @Nullable String targetUser;

  @Option(
      names = "--source-password-file",
      paramLabel = "FILE",
      description = "The file with that role's password.")
  private @Nullable Path sourcePasswordFile;

  @Option(
      names = "--target-password-file",
      paramLabel = "FILE",
      description = "The file with that role's password.")
  private @Nullable Path targetPasswordFile;

  @Option(
      names = "--tls",
      paramLabel = "MODE",
      defaultValue = "prefer",
      description =
          "How far TLS is insisted on: disable, prefer, require; ${DEFAULT-VALUE} if not given.")
  private TlsMode tls = TlsMode.PREFER;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Only this table: schema.table. May be given again; all tables if not given.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--leave-out",
      paramLabel = "COLUMN",
      description = "Do not compare this column: schema.table.column. The verdict lists it.")
  private List<String> leftOut = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "ROWS",
      defaultValue = "0",
      description = "At most this many rows per second of each side.")
  private long rate;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many chunks at once; ${DEFAULT-VALUE} if not given.")
  private int workers = ScanConfig.WORKERS;

  @Option(names = "--json", description = "Print the statement as JSON.")
  private boolean json;

  @Option(names = "--show-keys", description = "Show the keys of rows that differ.")
  private boolean keys;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (workers < 1 || rate < 0) {
      throw wrong("--workers is at least 1, --rate at least 0 (no limit).");
    }
    if (once && every != null) {
      throw wrong("--once and --every are two things.");
    }
    Duration pause = every == null ? null : time(every);
    try (Scans scans = scans()) {
      StopSignal over = new StopSignal();
      while (true) {
        int code = answered(() -> round(scans, over));
        if (pause == null || over.isRaised()) {
          return code;
        }
        try (CleanExit exit = CleanExit.with(over::raise)) {
          if (over.await(pause)) {
            return code;
          }
        }
      }
    }
  }

  /** What fails gives no answer, which is not the answer no; the next round may have one. */
  private int answered(IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (Failure failure) {
      return Unanswered.of(failure, spec.commandLine().getErr());
    } catch (ParameterException e) {
      throw e;
    } catch (RuntimeException e) {
      // Without the words: they may quote what the program worked on.
      return Unanswered.of(
          "unexpected, please report: " + BareTrace.named(e), spec.commandLine().getErr());
    }
  }

  /** One scan, or one of each wave; the worst exit code. */
  private int round(Scans scans, StopSignal over) {
    Verdict verdict = Verdict.equal();
    for (Scans.Scope scope : scans.scopes()) {
      if (over.isRaised()) {
        // Of the waves that are left nothing is known.
        verdict =
            verdict.and(Verdict.unknown(UnknownReason.STOPPED, "It was stopped between waves."));
        break;
      }
      Scan scan = scope.scan();
      ScanStatement statement =
          ScanInFront.run(
              scan,
              scope.tables(),
              () -> {
                over.raise();
                scan.stop();
              },
              console());
      scope.keep(statement);
      print(ScanReport.of(scope.name(), statement, keys));
      verdict = verdict.and(statement.verdict());
    }
    return switch (verdict.word()) {
      case "EQUAL" -> ExitCode.OK;
      case "DIFFERENT" -> ExitCode.FAILED;
      default -> ExitCode.UNKNOWN;
    };
  }

  private void print(ScanReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(report));
    } else {
      report.lines().forEach(out::println);
    }
    out.flush();
  }

  private Scans scans() {
    List<TableId> chosen = tables.stream().map(ScanCommand::table).toList();
    ScanConfig how = new ScanConfig(workers, ScanConfig.CHUNK_ROWS, rate, leftOut());
    if (source == null && target == null) {
      VeerConfig read = config.read();
      return Scans.ofWaves(how, read, wave, chosen, () -> Scans.log(read));
    }
    if (source == null || target == null || wave != null) {
      throw wrong("--source and --target belong together, and --wave to a configuration.");
    }
    Map<String, String> environment = System.getenv();
    Scan.Endpoints endpoints =
        Scan.Endpoints.of(
            new SourceConnections(
                new ScanEndpoint("source", environment)
                    .of(source, sourceUser, sourcePasswordFile, tls)),
            new TargetConnections(
                new ScanEndpoint("target", environment)
                    .of(target, targetUser, targetPasswordFile, tls)));
    return Scans.ofEndpoints(how, endpoints, chosen);
  }

  private static Duration time(String text) {
    Matcher form = TIME.matcher(text);
    if (!form.matches()) {
      throw wrong("'" + text + "' is no time: write 30s, 15m or 2h.");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private Console console() {
    return new Console(spec.commandLine().getErr(), !json && Boolean.getBoolean("veer.terminal"));
  }

  private Tolerances leftOut() {
    List<Tolerance> columns = new ArrayList<>();
    for (String text : leftOut) {
      int dot = text.lastIndexOf('.');
      if (dot < 0) {
        throw wrong("'" + text + "' is not a column: write schema.table.column.");
      }
      columns.add(new Tolerance.LeftOut(table(text.substring(0, dot)), text.substring(dot + 1)));
    }
    return new Tolerances(columns.stream().distinct().toList());
  }

  private static TableId table(String text) {
    int dot = text.indexOf('.');
    if (dot < 1 || dot == text.length() - 1) {
      throw wrong("'" + text + "' is not a table: write schema.table.");
    }
    return new TableId(text.substring(0, dot), text.substring(dot + 1));
  }

  private static Failure wrong(String words) {
    return new Failure(FailureKind.CONFIGURATION, "SCAN_OPTIONS", words);
  }
}
