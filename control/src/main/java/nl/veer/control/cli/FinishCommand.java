package nl.veer.control.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.finish.Finish;
import nl.veer.control.finish.FinishOptions;
import nl.veer.control.finish.FinishOutcome;
import nl.veer.control.finish.FinishPlan;
import nl.veer.control.finish.FinishedWave;
import nl.veer.control.finish.StandingFence;
import nl.veer.control.report.ReportKey;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The end of a migration. */
@Command(
    name = "finish",
    description = {
      "Ends a migration whose waves are all on the target: writes its last report, then removes slots,",
      "publications, logs, echoes and records of all legs, on both sides. Applications go on writing",
      "where they write. There is no way back from here. The fence on the side that was left stays.",
      "Only with everything proven EQUAL when the roles ended, and no cutover under way. Refused while",
      "roles run: veer stop. Asks first. One that was killed is run again, and goes on."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It is finished.",
      "1:It was refused and nothing is changed; or it failed on its way: run it again.",
      "2:The command line or the configuration is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer finish                           keeps the records in veer.archive on the target",
      "  veer finish --report certificates --yes",
      "  veer finish --unfence                 the old side may be written to again",
      "  veer finish --drop                    keeps nothing but the audit log",
      "  veer finish --on-source               of a migration that stays where it was",
      "  veer finish --despite 'ticket 12: the last scan was stopped'"
    })
final class FinishCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--report",
      paramLabel = "DIRECTORY",
      defaultValue = ".",
      description =
          "Where veer-final-report.html and .json go; the working directory if not given.")
  private Path directory = Path.of(".");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The key to sign with; report-key.pem in data if not given.")
  private @Nullable Path key;

  @Option(names = "--on-source", description = "Waves that are on the source stay there.")
  private boolean onSource;

  @Option(
      names = "--despite",
      paramLabel = "REASON",
      description =
          "Also if not everything is proven EQUAL. The reason stands in the audit log and the"
              + " report.")
  private @Nullable String despite;

  @Option(names = "--unfence", description = "Lower the fences that stand.")
  private boolean unfence;

  /** What becomes of the records. */
  private static final class Records {
    // Read by nobody: it is what happens if nothing is said.
    @SuppressWarnings("UnusedVariable")
    @Option(
        names = "--archive",
        description =
            "Keep the records, in veer.archive on the target. So it is if nothing is said.")
    private boolean archive;

    @Option(names = "--drop", description = "Keep no records but the audit log.")
    private boolean drop;
  }

  @ArgGroup private @Nullable Records records;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "Print what has come of it as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (despite != null && despite.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--despite: give a reason");
    }
    VeerConfig read = config.read();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter to = json ? spec.commandLine().getErr() : out;
    try (ProcessFile process = ProcessFile.claim(read.data(), Role.RUN)) {
      Finish finish =
          new Finish(read, config.file(), Veer.Version.number(), line -> told(to, line));
      Optional<FinishPlan> plan =
          finish.look(
              new FinishOptions(onSource, despite, unfence, records == null || !records.drop));
      if (plan.isEmpty()) {
        to.println("Migration %s is finished already: veer audit".formatted(read.migration()));
        to.flush();
        return ExitCode.OK;
      }
      announce(to, plan.get());
      if (!yes && !Confirmation.of(to, "migration", read.migration())) {
        to.println("Nothing was changed.");
        to.flush();
        return ExitCode.FAILED;
      }
      Path signing = key == null ? ReportKey.usual(read.data()) : key;
      try (OpenLog log = OpenLog.open(read)) {
        show(out, finish.run(plan.get(), ReportKey.in(signing), directory, log.kafka()));
      }
    }
    return ExitCode.OK;
  }

  private static void told(PrintWriter to, String line) {
    to.println(line + ".");
    to.flush();
  }

  private static void announce(PrintWriter to, FinishPlan plan) {
    if (plan.goesOn()) {
      to.println("A finish was begun, and goes on as it was asked for then.");
    } else {
      to.println("%s: %s".formatted(plan.verdict(), plan.words()));
    }
    for (FinishedWave wave : plan.waves()) {
      to.println(
          "Wave %s stays on the %s, after %d cutovers and fallbacks; the other side is not kept equal any more."
              .formatted(wave.wave(), wave.side(), wave.leg()));
    }
    to.println(
        "Slots, publications, logs and echoes of all legs are removed; the records are %s."
            .formatted(plan.options().archive() ? "kept in veer.archive" : "removed"));
    to.flush();
  }

  private void show(PrintWriter out, FinishOutcome outcome) {
    if (json) {
      out.println(Json.write(outcome));
      out.flush();
      return;
    }
    out.println("Last report: " + outcome.page());
    out.println("             " + outcome.json());
    for (FinishedWave wave : outcome.waves()) {
      for (StandingFence fence : wave.fences()) {
        out.println(
            outcome.fences()
                ? "Wave %s: the %s still refuses writes (%s). By hand, there: %s"
                    .formatted(wave.wave(), fence.side(), fence.kind(), fence.byHand())
                : "Wave %s: the %s takes writes again.".formatted(wave.wave(), fence.side()));
      }
    }
    outcome.left().forEach(out::println);
    out.println(
        "Migration %s is finished. What was done: veer audit".formatted(outcome.migration()));
    out.flush();
  }
}
