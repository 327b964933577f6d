package nl.veer.control.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Waves;
import nl.veer.verifier.record.Verdicts;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is known, in one word. */
@Command(
    name = "verdict",
    description = {
      "Says EQUAL, DIFFERENT or UNKNOWN of each wave, made of the last scans, the ledger and what",
      "stands open, and up to which position of the source that holds. It looks at the records on the",
      "target only; where no verifier runs, the answer is UNKNOWN."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:EQUAL.",
      "1:DIFFERENT.",
      "2:The command line or the configuration is wrong.",
      "3:UNKNOWN."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer verdict",
      "  veer verdict --wave main --table shop.orders",
      "  veer verdict --history",
      "  veer verdict --json | jq '.[] | {wave, verdict, position}'"
    })
final class VerdictCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave.")
  private @Nullable String wave;

  @Option(names = "--table", paramLabel = "TABLE", description = "Only this table: schema.table.")
  private @Nullable String table;

  @Option(names = "--history", description = "Show its changes as well, and what changed it.")
  private boolean history;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many changes, the last ones; ${DEFAULT-VALUE} if not given.")
  private int limit = 20;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit: at least 1");
    }
    VeerConfig read = config.read();
    Verdict all = Verdict.equal();
    List<VerdictReport> reports = new ArrayList<>();
    try {
      for (Leg leg : Waves.legs(read, wave)) {
        VerdictReport report = report(leg, read.verification());
        reports.add(report);
        all = all.and(report.of());
      }
    } catch (Failure failure) {
      return Unanswered.of(failure, spec.commandLine().getErr());
    }
    print(reports);
    return switch (all.word()) {
      case "EQUAL" -> ExitCode.OK;
      case "DIFFERENT" -> ExitCode.FAILED;
      default -> ExitCode.UNKNOWN;
    };
  }

  private VerdictReport report(Leg leg, VerificationConfig how) {
    try (Connection connection = leg.to().openBounded("verdict", ANSWER)) {
      return report(connection, leg.wave(), how);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "reading the verdict");
    }
  }

  private VerdictReport report(Connection connection, WaveId id, VerificationConfig how)
      throws SQLException {
    Optional<WaveVerdict> found = Verdicts.now(connection, id, how.ledger(), how.verdictLag());
    Verdict verdict =
        Verdict.unknown(UnknownReason.NEVER_SCANNED, "No verifier has looked at it yet.");
    String position = null;
    if (found.isPresent() && table == null) {
      verdict = found.get().verdict();
      position = text(found.get().position());
    } else if (found.isPresent()) {
      TableVerdict one = table(found.get());
      verdict = one.verdict();
      position = text(one.position());
    }
    return VerdictReport.of(
        id,
        table,
        verdict,
        position,
        history ? Verdicts.history(connection, id, table, limit) : List.of());
  }

  private static @Nullable String text(nl.veer.connectors.event.@Nullable Position position) {
    return position == null ? null : position.text();
  }

  private TableVerdict table(WaveVerdict verdict) {
    return verdict.tables().stream()
        .filter(one -> one.table().toString().equals(table))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    FailureKind.CONFIGURATION,
                    "TABLE_UNKNOWN",
                    "No load of table " + table + " is on record. Write it as schema.table."));
  }

  private void print(List<VerdictReport> reports) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(reports));
    } else {
      reports.forEach(report -> report.lines().forEach(out::println));
    }
    out.flush();
  }
}
