package nl.veer.control.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.gate.Gate;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.GateSide;
import nl.veer.control.gate.GateView;
import nl.veer.control.gate.RehearsalsOnRecord;
import nl.veer.control.gate.WaiverStore;
import nl.veer.control.scan.Scans;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.Waves;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a cutover may begin, and what is in its way. */
@Command(
    name = "gate",
    description = {
      "Says whether each wave may be cut over, and what is in the way.",
      "Each predicate is shown with its live value and what mends it. Lag is measured",
      "now, by a marker that is sent into the log. Any machine that reaches the",
      "servers can ask; the roles may run anywhere. A predicate can be waived by its",
      "name, with a reason: the waiver stands in the audit log and in every report."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The gate is open.",
      "1:It is shut: something is in the way.",
      "2:The command line or the configuration is wrong.",
      "3:Something could not be known, and nothing else is in the way."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer gate",
      "  veer gate --wave main --waive indexes --reason 'made later, ticket 12'",
      "  veer gate --wave main --unwaive indexes",
      "  veer gate --json | jq '.[] | {wave, open, blocker}'"
    })
final class GateCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave.")
  private @Nullable String wave;

  @Option(
      names = "--waive",
      paramLabel = "NAME",
      description = "Cut over though this predicate is shut; needs --reason.")
  private @Nullable String waive;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is waived.")
  private @Nullable String reason;

  @Option(names = "--unwaive", paramLabel = "NAME", description = "Take a waiver back.")
  private @Nullable String unwaive;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    VeerConfig read = config.read();
    List<WaveId> waves = Waves.chosen(read, wave);
    requireSense(waves);
    try {
      Migration migration = Migration.of(read);
      Map<WaveId, Leg> legs = Legs.current(migration);
      List<GateSide> sides =
          waves.stream()
              .map(id -> GateSide.of(migration, Objects.requireNonNull(legs.get(id))))
              .toList();
      decide(sides.get(0));
      return show(look(read, sides));
    } catch (Failure failure) {
      return Unanswered.of(failure, spec.commandLine().getErr());
    }
  }

  private void requireSense(List<WaveId> waves) {
    if (waive != null && (reason == null || reason.isBlank())) {
      throw new ParameterException(spec.commandLine(), "--waive: say why, with --reason");
    }
    if (waive == null && reason != null) {
      throw new ParameterException(spec.commandLine(), "--reason: of what? Name it with --waive");
    }
    if ((waive != null || unwaive != null) && waves.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "A waiver is of one wave: name it with --wave");
    }
  }

  private void decide(GateSide side) {
    if (waive == null && unwaive == null) {
      return;
    }
    TargetConnections home = side.home();
    try (Connection connection = home.openBounded(side.leg() + " waiver", ANSWER)) {
      if (unwaive != null && !WaiverStore.unwaive(connection, side.leg(), unwaive)) {
        spec.commandLine().getErr().println("veer: " + unwaive + " was not waived.");
      }
      if (waive != null && reason != null) {
        WaiverStore.waive(connection, side.leg(), waive, reason);
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "keeping the waiver");
    }
  }

  private static List<GateReport> look(VeerConfig read, List<GateSide> sides) {
    StopSignal stop = new StopSignal();
    try (CleanExit exit = CleanExit.with(stop::raise)) {
      Gate gate =
          new Gate(
              read.cutover(),
              read.verification(),
              () -> Scans.log(read),
              new RehearsalsOnRecord(),
              Clock.systemUTC(),
              stop);
      List<GateReport> reports = new ArrayList<>();
      sides.forEach(side -> reports.add(gate.read(side)));
      return reports;
    }
  }

  private int show(List<GateReport> reports) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(reports.stream().map(GateView::of).toList()));
    } else {
      Console console = Console.of(out);
      reports.forEach(report -> GateTable.lines(report, console).forEach(console::line));
    }
    out.flush();
    if (reports.stream().allMatch(GateReport::open)) {
      return ExitCode.OK;
    }
    boolean known = reports.stream().anyMatch(report -> !report.open() && report.isKnown());
    return known ? ExitCode.FAILED : ExitCode.UNKNOWN;
  }
}
