package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.report.PublicKeys;
import nl.veer.control.report.ReportCheck;
import nl.veer.control.report.ReportDocument;
import nl.veer.control.report.ReportFiles;
import nl.veer.control.report.ReportKey;
import nl.veer.control.report.ReportReader;
import nl.veer.control.report.ReportedLeg;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The migration's certificate. */
@Command(
    name = "report",
    description = {
      "Writes the migration's certificate: what is carried over and what is not, what is proven of it",
      "and up to which positions, all that was ever found and how it ended, waivers and cutovers, and",
      "who did what. It is signed (Ed25519). The key is made on first use in the directory data; the",
      "public one stands beside it, in report-key.pub.pem, to be given to whoever shall check. No",
      "row's value is in it.",
      "With --check: whether a report is as it was signed. Needs no database and no configuration."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It is written, whatever its verdict; with --check: it is as it was signed.",
      "1:With --check: it is not, or somebody else has signed it.",
      "2:The command line or the configuration is wrong.",
      "3:It could not be read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer report                                      veer-report.html",
      "  veer report --html shop.html --json shop.json",
      "  veer report --check shop.html --key report-key.pub.pem",
      "  jq .report.verdict shop.json"
    })
final class ReportCommand implements Callable<Integer> {
  private static final Path PAGE = Path.of("veer-report.html");

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page. veer-report.html if neither --html nor --json is given.")
  private @Nullable Path page;

  @Option(names = "--json", paramLabel = "FILE", description = "Write it as JSON.")
  private @Nullable Path json;

  @Option(names = "--check", paramLabel = "FILE", description = "Check a report.")
  private @Nullable Path check;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The key to sign with, PKCS #8 in PEM; report-key.pem in data if not given. With --check:"
              + " the public key of whoever should have signed.")
  private @Nullable Path key;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (check == null) {
      return write();
    }
    if (page != null || json != null) {
      throw new ParameterException(
          spec.commandLine(), "--check reads a report; it goes without --html and --json");
    }
    return check(check);
  }

  private int write() {
    VeerConfig read = config.read();
    ReportKey signing = ReportKey.in(keyFile(read));
    ReportDocument document;
    try {
      document =
          new ReportReader(read, config.file(), Veer.Version.number(), ReportedLeg.of(read)).read();
    } catch (Failure failure) {
      return Unanswered.of(failure, spec.commandLine().getErr());
    }
    ReportFiles files = new ReportFiles(document, signing);
    PrintWriter out = spec.commandLine().getOut();
    out.println("%s: %s".formatted(document.verdict(), document.words()));
    if (json != null) {
      ReportFiles.write(json, files.json());
      out.println("Written: " + json);
    }
    if (page != null || json == null) {
      Path to = page == null ? PAGE : page;
      ReportFiles.write(to, files.page());
      out.println("Written: " + to);
    }
    String head = document.audit().head();
    if (head != null) {
      out.println("Audit log: %,d entries, head %s".formatted(document.audit().count(), head));
    }
    out.println("Signed with the key " + PublicKeys.fingerprint(signing.shown()));
    out.println("Its public half, for whoever checks: " + ReportKey.shownFile(keyFile(read)));
    out.flush();
    return ExitCode.OK;
  }

  private Path keyFile(VeerConfig read) {
    return key == null ? ReportKey.usual(read.data()) : key;
  }

  private int check(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      return Unanswered.of(
          "%s cannot be read (%s).".formatted(file, e.getClass().getSimpleName()),
          spec.commandLine().getErr());
    }
    ReportCheck.Outcome outcome = ReportCheck.check(bytes, key == null ? null : PublicKeys.in(key));
    return outcome instanceof ReportCheck.Valid valid
        ? tell(valid)
        : tell((ReportCheck.Invalid) outcome);
  }

  private int tell(ReportCheck.Valid valid) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "The report is as it was signed: migration %s, %s, made at %s."
            .formatted(
                Visible.of(valid.migration()),
                Visible.of(valid.verdict()),
                Visible.of(valid.madeAt())));
    if (valid.head() != null) {
      out.println("Audit log's head then: " + Visible.of(valid.head()));
    }
    out.println(
        valid.known()
            ? "Signed with the given key, " + valid.fingerprint()
            : "Signed with the key that stands in the file, "
                + valid.fingerprint()
                + "\nThat shows that nothing was changed since, not who signed: anybody can sign with"
                + " a key of their own. Compare this fingerprint with the signer's, or give the"
                + " public key: --key report-key.pub.pem");
    out.flush();
    return ExitCode.OK;
  }

  private int tell(ReportCheck.Invalid invalid) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("veer: The report is not valid. " + invalid.why());
    err.flush();
    return ExitCode.FAILED;
  }
}
