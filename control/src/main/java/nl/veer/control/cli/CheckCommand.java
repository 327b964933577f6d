package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import nl.veer.control.check.CheckReport;
import nl.veer.control.check.FileFindings;
import nl.veer.control.check.Finding;
import nl.veer.control.check.Preflight;
import nl.veer.control.check.Severity;
import nl.veer.control.config.SecretFiles;
import nl.veer.control.config.VeerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for everything that would go wrong. */
@Command(
    name = "check",
    description =
        "Looks for everything that would go wrong, and says what mends it. Changes nothing.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:No error; there may be warnings.", "1:There is an error."},
    footerHeading = "%nExamples:%n",
    footer = {"  veer check", "  veer check --json | jq '.findings[].remedy'"})
final class CheckCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    VeerConfig read = config.read();
    CheckReport report =
        new Preflight(read, Clock.systemUTC()).run().and(FileFindings.of(secretFiles()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(report));
    } else {
      report.findings().forEach(finding -> print(out, finding));
      summary(out, read, report);
    }
    return report.count(Severity.ERROR) == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<Path> secretFiles() {
    try {
      return SecretFiles.of(config.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(PrintWriter out, Finding finding) {
    out.printf(
        "%-7s %s: %s [%s]%n        mend: %s%n",
        finding.severity(), finding.subject(), finding.message(), finding.code(), finding.remedy());
  }

  private static void summary(PrintWriter out, VeerConfig config, CheckReport report) {
    out.printf(
        "%d tables looked at: %d errors, %d warnings.%n",
        report.tables(), report.count(Severity.ERROR), report.count(Severity.WARNING));
    if (config.kafka() == null) {
      out.println("Kafka is not configured: veer run brings a broker of its own.");
    }
  }
}
