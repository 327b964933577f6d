package nl.veer.control.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.audit.Audited;
import nl.veer.control.cli.RolesInFront.Asked;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.standby.Standbys;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRemoval;
import nl.veer.control.wave.Waves;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Only the proof's side. */
@Command(
    name = "verify",
    description = {
      "Captures the target into each wave's echo, balances it against the log, scans",
      "the tables and keeps the verdict, until Ctrl-C or veer stop. It waits until",
      "the replicator has made the echo.",
      "Where another process does so already, this one stands by and takes over from it.",
      "Needs kafka and registry in the configuration. Serves metrics and health where",
      "observe.verify in the configuration says so.",
      "With --again: forgets an echo that cannot go on, or is not wanted any more."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  veer verify", "  veer verify --again --wave main"})
final class VerifyCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Mixin private final WaitOption wait = new WaitOption();

  @Option(
      names = "--again",
      description =
          "Remove the echo's slot, publication and topic and end. If verification is on, the next"
              + " start makes them anew; what was written until then is never proven by it.")
  private boolean again;

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave; all if not given.")
  private @Nullable String wave;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    VeerConfig read = config.read();
    if (again) {
      return forget(read);
    }
    if (!read.verification().ledger() && !read.verification().scan()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "VERIFY_OFF",
          "There is nothing to verify: verification.ledger and verification.scan are false in the"
              + " configuration.");
    }
    return RolesInFront.run(
        new Asked(read, Role.VERIFY, wave, false, wait.length()), spec.commandLine());
  }

  private int forget(VeerConfig read) {
    PrintWriter out = spec.commandLine().getOut();
    Audited audited = Audited.of(read);
    try (ProcessFile process = ProcessFile.claim(read.data(), Role.VERIFY);
        OpenLog log = OpenLog.open(read)) {
      for (Leg leg : Waves.legs(read, wave)) {
        WaveRemoval removal = new WaveRemoval(leg.from(), leg.to(), log.kafka());
        String name = leg.home().wave();
        Standbys.requireNone(read, leg.home(), Role.VERIFY);
        audited.around(name, "veer verify --again", () -> removal.echoAgain(leg.wave()));
        out.println(
            read.verification().ledger()
                ? "Wave %s gets a new echo at the next start.".formatted(name)
                : "Wave %s has no echo any more.".formatted(name));
      }
    }
    return ExitCode.OK;
  }
}
