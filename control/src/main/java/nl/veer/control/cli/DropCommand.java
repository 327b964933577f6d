package nl.veer.control.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.audit.Audited;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.cutover.FenceRemoval;
import nl.veer.control.cutover.FenceSide;
import nl.veer.control.finish.FinishStore;
import nl.veer.control.finish.WaveEnd;
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

/** Removes what Veer made. */
@Command(
    name = "drop",
    description = {
      "Removes what Veer made for its waves: slots and publications on both sides,",
      "logs and echoes in Kafka, records on the target. The tables and their rows",
      "stay, and so does the audit log, which is needed most when all else is gone.",
      "Fences that stand are lowered. Asks first; refused while roles run. A migration",
      "that has come to its end is finished with: veer finish"
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer drop",
      "  veer drop --wave main",
      "  veer drop --yes",
      "  veer drop --audit-too"
    })
final class DropCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave.")
  private @Nullable String wave;

  @Option(
      names = "--audit-too",
      description =
          "Also the migration's audit log, and the archive of a finish, for good. Write a report"
              + " first: veer report.")
  private boolean auditToo;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    VeerConfig read = config.read();
    List<WaveId> waves = Waves.chosen(read, wave);
    if (auditToo && wave != null) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "AUDIT_OPTIONS",
          "--audit-too is for the whole migration, whose waves share one audit log: leave --wave"
              + " out.");
    }
    PrintWriter out = spec.commandLine().getOut();
    atHome(read, home -> FinishStore.requireNone(home, read.migration()));
    List<WaveEnd> ends = waves.stream().map(id -> new WaveEnd(read, id)).toList();
    ends.forEach(WaveEnd::requireNoAttempt);
    out.println("This removes:");
    ends.forEach(end -> announce(out, end));
    atHome(
        read,
        home -> {
          for (WaveId id : waves) {
            announceFences(out, home, id);
          }
        });
    out.println(
        auditToo
            ? "The audit log goes as well, and the archive. Tables and their rows stay on both sides."
            : "Tables and their rows stay on both sides, and the audit log.");
    if (!yes && !Confirmation.of(out, "migration", read.migration())) {
      out.println("Nothing was removed.");
      return ExitCode.FAILED;
    }
    Audited audited = Audited.of(read);
    try (ProcessFile process = ProcessFile.claim(read.data(), Role.RUN);
        OpenLog log = OpenLog.open(read)) {
      for (WaveEnd end : ends) {
        String wave = end.home().wave();
        audited.around(
            wave, "veer drop", () -> end.run(log.kafka(), true, leg -> {}).forEach(out::println));
        out.println("Wave " + wave + " is removed.");
      }
      WaveRemoval removal =
          new WaveRemoval(
              new SourceConnections(read.source().endpoint()),
              new TargetConnections(read.target().endpoint()),
              log.kafka());
      if (auditToo) {
        atHome(read, home -> FinishStore.eraseArchive(home, read.migration()));
        removal.dropAudit(read.migration());
        out.println("The audit log is removed.");
      } else if (removal.hasAudit()) {
        out.println(
            "The audit log stays in veer.audit on the target: veer audit shows it, veer drop"
                + " --audit-too removes it.");
      }
    }
    return ExitCode.OK;
  }

  private static void announceFences(PrintWriter out, Connection home, WaveId wave)
      throws SQLException {
    for (FenceSide side : FenceRemoval.standing(home, wave).keySet()) {
      out.println(
          "    %s  wave %s's fence: the %s takes writes to its tables again"
              .formatted(side.word(), wave.wave(), side.word()));
    }
  }

  private interface Work {
    void on(Connection home) throws SQLException;
  }

  private static void atHome(VeerConfig config, Work work) {
    TargetConnections home = new TargetConnections(config.target().endpoint());
    try (Connection connection = home.openBounded("removal", ANSWER)) {
      work.on(connection);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking at what is kept of the migration");
    }
  }

  private static void announce(PrintWriter out, WaveEnd end) {
    out.println("  wave " + end.home().wave());
    for (Leg leg : end.legs()) {
      WaveId id = leg.wave();
      String from = leg.fromWord();
      String to = leg.toWord();
      out.println("    " + from + "  slot " + id.slot() + ", publication " + id.publication());
      out.println(
          "    kafka   topics %s and %s and everything in them"
              .formatted(id.logTopic(), id.echo().logTopic()));
      out.println("    " + to + "  slot " + id.echo().slot() + ", publication of the same name");
      out.println(
          "    %s  the wave's records; with the last wave all of the schema veer but the audit log (%s)"
              .formatted(to, leg.to().endpoint().url()));
    }
  }
}
