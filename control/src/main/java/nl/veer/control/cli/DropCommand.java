package nl.veer.control.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.ControlTopic;
import nl.veer.control.audit.Audited;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.cutover.CutoverStore;
import nl.veer.control.cutover.FenceRemoval;
import nl.veer.control.cutover.FenceSide;
import nl.veer.control.gate.WaiverStore;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRemoval;
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
      "Asks first; refused while roles run."
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
      description = "Also the migration's audit log, for good. Write a report first: veer report.")
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
    out.println("This removes:");
    Map<WaveId, List<Leg>> legs = new LinkedHashMap<>();
    waves.forEach(id -> legs.put(id, Legs.all(read, id)));
    waves.forEach(id -> atHome(read, id, CutoverStore::requireNone));
    legs.forEach((id, all) -> announce(out, id, all));
    waves.forEach(id -> atHome(read, id, (home, of) -> announceFences(out, home, of)));
    out.println(
        auditToo
            ? "The audit log goes as well. Tables and their rows stay on both sides."
            : "Tables and their rows stay on both sides, and the audit log.");
    if (!yes && !confirmed(out, read.migration())) {
      out.println("Nothing was removed.");
      return ExitCode.FAILED;
    }
    Audited audited = Audited.of(read);
    try (ProcessFile process = ProcessFile.claim(read.data(), Role.RUN);
        OpenLog log = OpenLog.open(read)) {
      for (Map.Entry<WaveId, List<Leg>> wave : legs.entrySet()) {
        audited.around(
            wave.getKey().wave(), "veer drop", () -> drop(out, read, wave.getValue(), log));
        out.println("Wave " + wave.getKey().wave() + " is removed.");
      }
      WaveRemoval removal =
          new WaveRemoval(
              new SourceConnections(read.source().endpoint()),
              new TargetConnections(read.target().endpoint()),
              log.kafka());
      if (auditToo) {
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

  /** Also what was decided for it: that does not hold for one that is called the same later. */
  private static void drop(PrintWriter out, VeerConfig read, List<Leg> legs, OpenLog log) {
    WaveId home = legs.get(0).home();
    FenceRemoval.lower(read, home);
    atHome(read, home, WaiverStore::forget);
    atHome(read, home, CutoverStore::forget);
    ControlTopic.delete(log.kafka(), home);
    // The first leg last: with it goes what says that there are others.
    for (int i = legs.size() - 1; i >= 0; i--) {
      drop(out, legs.get(i), log);
    }
    Legs.forget(read, home);
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
    void on(Connection home, WaveId wave) throws SQLException;
  }

  private static void atHome(VeerConfig config, WaveId id, Work work) {
    TargetConnections home = new TargetConnections(config.target().endpoint());
    try (Connection connection = home.openBounded(id + " removal", ANSWER)) {
      work.on(connection, id);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "changing what is kept of wave " + id.wave());
    }
  }

  private static void drop(PrintWriter out, Leg leg, OpenLog log) {
    WaveRemoval removal = new WaveRemoval(leg.from(), leg.to(), log.kafka());
    removal.drop(leg.wave());
    String side = leg.number() % 2 == 0 ? "target" : "source";
    removal
        .leftPublication(leg.wave())
        .ifPresent(name -> out.println("Its owner removes: DROP PUBLICATION " + name + ";"));
    removal
        .leftEchoPublication(leg.wave())
        .ifPresent(
            name ->
                out.println("On the %s, its owner: DROP PUBLICATION %s;".formatted(side, name)));
  }

  private static void announce(PrintWriter out, WaveId home, List<Leg> legs) {
    out.println("  wave " + home.wave());
    for (Leg leg : legs) {
      WaveId id = leg.wave();
      boolean outward = leg.number() % 2 == 0;
      String from = outward ? "source" : "target";
      String to = outward ? "target" : "source";
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

  private static boolean confirmed(PrintWriter out, String migration) {
    out.print("Write the migration's name (" + migration + ") to go on: ");
    out.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      return migration.equals(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
