package nl.veer.control.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Waves;
import nl.veer.verifier.record.AuditLog;
import nl.veer.verifier.record.AuditRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who did what. */
@Command(
    name = "audit",
    description = {
      "Shows the audit log: what was done to the migration, who did it, when, from where and how it",
      "ended. Each entry holds the hash of the one before, so that a change, a hole, an insertion or",
      "another order shows; that is checked each time. That the last entries are missing shows only",
      "against a head that was noted before, for example in a signed report: --head."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The chain is whole.",
      "1:It is broken, or does not hold the head that was given.",
      "2:The command line or the configuration is wrong.",
      "3:It could not be read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer audit",
      "  veer audit --wave main --limit 20",
      "  veer audit --check --head 1f0c…",
      "  veer audit --json | jq '.entries[] | select(.what | startswith(\"veer repair\"))'"
    })
final class AuditCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--wave",
      paramLabel = "WAVE",
      description = "Only this wave, and what is about all of them. The whole chain is checked.")
  private @Nullable String wave;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many entries, the last ones; ${DEFAULT-VALUE} if not given.")
  private int limit = 100;

  @Option(names = "--check", description = "Show no entry, only whether the chain is whole.")
  private boolean check;

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "The hash of an entry that was seen before, which must still be there.")
  private @Nullable String head;

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
    if (wave != null) {
      Waves.chosen(read, wave);
    }
    TargetConnections home = new TargetConnections(read.target().endpoint());
    List<AuditRecord> records;
    try (Connection connection = home.openBounded("audit", ANSWER)) {
      records = AuditLog.read(connection, read.migration());
    } catch (SQLException e) {
      return Unanswered.of(
          PostgresFailures.target(e, "reading the audit log"), spec.commandLine().getErr());
    }
    AuditReport report = AuditReport.of(records, wave, check ? 0 : limit, head);
    print(report);
    return report.broken() == null ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(AuditReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(report));
    } else {
      report.lines().forEach(out::println);
    }
    out.flush();
    if (report.broken() != null) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("veer: The audit log is broken: " + report.broken() + ".");
      err.flush();
    }
  }
}
