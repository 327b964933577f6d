package nl.veer.control.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.audit.AuditedRole;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.standby.Remains;
import nl.veer.control.standby.RoleLease;
import nl.veer.control.status.LiveStatus;
import nl.veer.control.status.SourceEnds;
import nl.veer.control.status.StatusTable;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.watch.RunWatch;
import nl.veer.control.wave.FirstLook;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.Waves;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs roles in the foreground and shows how far they are, until a signal or a failure. */
final class RolesInFront {
  private static final Logger LOG = LoggerFactory.getLogger(RolesInFront.class);
  private static final Duration TERMINAL_PACE = Duration.ofMillis(500);

  /** Without a terminal, a wave's line is printed when its state changes, and this often. */
  private static final Duration PLAIN_PACE = Duration.ofSeconds(30);

  private final Console console;
  private final StopSignal stop = new StopSignal();
  private final Asked asked;
  private final Map<String, Long> printed = new HashMap<>();
  private final Map<String, String> states = new HashMap<>();

  /** Null where there shall be no dashboard. */
  private final @Nullable Path dashboard;

  /** Null before it serves; whoever gets the signal asks it to give up. */
  private volatile @Nullable DashboardBeside served;

  private RolesInFront(Asked asked, Console console, @Nullable Path dashboard) {
    this.asked = asked;
    this.console = console;
    this.dashboard = dashboard;
  }

  /**
   * What somebody wants to run.
   *
   * @param wave only this one; null for all
   * @param truncate whether the load empties tables that hold rows
   * @param patience how long a source that is starting or away is waited for
   */
  record Asked(
      VeerConfig config, Role role, @Nullable String wave, boolean truncate, Duration patience) {
    private List<WaveId> waves() {
      return Waves.chosen(config, wave);
    }

    private String words() {
      return "veer %s%s%s"
          .formatted(
              role.word(), wave == null ? "" : " --wave " + wave, truncate ? " --truncate" : "");
    }
  }

  /** Runs until asked to stop, without a dashboard; the exit code. */
  static int run(Asked asked, CommandLine command) {
    return run(asked, null, command);
  }

  /**
   * Runs until asked to stop; the exit code.
   *
   * @param dashboard the configuration's file, for a dashboard beside the roles; null for none
   */
  static int run(Asked asked, @Nullable Path dashboard, CommandLine command) {
    VeerConfig config = asked.config();
    Role role = asked.role();
    if (role != Role.RUN && config.kafka() == null) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "KAFKA_NEEDED",
          "veer %s needs kafka and registry in the configuration: the embedded ones live inside"
                  .formatted(role.word())
              + " veer run.");
    }
    List<WaveId> waves = asked.waves();
    RolesInFront front = new RolesInFront(asked, Console.of(command.getOut()), dashboard);
    try (CleanExit exit = CleanExit.with(front::end);
        ProcessFile process = ProcessFile.claim(config.data(), role)) {
      LogFile.open(config.data().resolve(role == Role.RUN ? "veer.log" : role.word() + ".log"));
      try (RoleWindow window = RoleWindow.open(config, role);
          RoleLease lease = RoleLease.of(config, waves, role)) {
        window.words().ifPresent(front.console::line);
        Optional<Migration> migration = front.inTurn(lease, window, waves);
        return migration.isEmpty()
            ? ExitCode.OK
            : front.run(migration.get(), process, window, lease, command.getErr());
      }
    } catch (Failure failure) {
      if (front.stop.isRaised() && failure.code().equals("EMBEDDED_LOG")) {
        // Asked to end while the embedded servers started, so they did not.
        return ExitCode.OK;
      }
      throw failure;
    }
  }

  /** What the source says when no other process has the role; empty if asked to stop before. */
  private Optional<Migration> inTurn(RoleLease lease, RoleWindow window, List<WaveId> waves) {
    VeerConfig config = asked.config();
    Optional<Migration> first = look(waves, asked.patience());
    if (first.isEmpty() || !lease.await(stop, words -> standBy(window, words))) {
      return Optional.empty();
    }
    if (!lease.hasStoodBy()) {
      return first;
    }
    window.takesOver();
    LOG.atInfo().addKeyValue("migration", config.migration()).log("{} takes over", asked.words());
    console.line("The other process has ended, or is not heard of any more. Taking over.");
    Remains.end(config, waves, asked.role());
    // It may have stood by for weeks; the addresses were right then, so whoever is away comes back.
    return look(waves, FirstLook.WITHOUT_END);
  }

  private Optional<Migration> look(List<WaveId> waves, Duration patience) {
    return new FirstLook(patience, stop, this::waiting)
        .at(asked.config())
        .map(migration -> migration.only(waves));
  }

  private void standBy(RoleWindow window, String words) {
    window.standsBy(words);
    LOG.atInfo().addKeyValue("migration", asked.config().migration()).log("{}", words);
    console.line(words);
  }

  /** Commands may hold a fence, so they are not left until the roles' loop comes round. */
  private void end() {
    stop.raise();
    DashboardBeside beside = served;
    if (beside != null) {
      beside.giveUp();
    }
  }

  private void waiting(String line) {
    LOG.atWarn().log("{}", line);
    console.line(line);
  }

  private int run(
      Migration migration,
      ProcessFile process,
      RoleWindow window,
      RoleLease lease,
      PrintWriter err) {
    VeerConfig config = asked.config();
    Role role = asked.role();
    LOG.atInfo().addKeyValue("migration", config.migration()).log("veer {} begins", role.word());
    if (config.kafka() == null) {
      console.line("Starting the embedded broker and registry in " + config.data() + " …");
    }
    try (OpenLog log = OpenLog.open(config)) {
      process.publish(log.kafka().bootstrap(), log.registry().url());
      if (stop.isRaised()) {
        return ExitCode.OK;
      }
      MigrationRun run = MigrationRun.start(migration, log, role, asked.truncate());
      try (AuditedRole audited = orEnd(run::close, () -> AuditedRole.begin(config, asked.words()));
          RunWatch watched = orEnd(run::close, () -> RunWatch.start(config, migration, run));
          run;
          SourceEnds sources = new SourceEnds();
          DashboardBeside beside = DashboardBeside.start(config, dashboard, run, log, watched)) {
        beside.onLeft(
            line -> {
              err.println(line);
              err.flush();
            });
        served = beside;
        window.begun(watched);
        beside.words().ifPresent(console::line);
        console.line("Running. End it with Ctrl-C, or from elsewhere with: veer stop");
        watch(run, log, lease, sources);
        window.ends();
        end(run, log, lease).ifPresent(watched::ended);
        end(run, log, lease).ifPresent(audited::failed);
      }
      LOG.atInfo().addKeyValue("migration", config.migration()).log("veer {} ends", role.word());
      return end(run, log, lease).map(failure -> tell(failure, err)).orElse(ExitCode.OK);
    }
  }

  /** Roles that run already are ended where what is to be beside them does not begin. */
  static <T> T orEnd(Runnable end, Supplier<T> begin) {
    try {
      return begin.get();
    } catch (RuntimeException | Error e) {
      end.run();
      throw e;
    }
  }

  /** Where the broker has given up, what the roles ended with is only its echo. */
  private static Optional<Failure> end(MigrationRun run, OpenLog log, RoleLease lease) {
    return log.failure().or(run::failure).or(lease::lost);
  }

  private void watch(MigrationRun run, OpenLog log, RoleLease lease, SourceEnds sources) {
    do {
      List<WaveStatus> waves =
          run.waves().stream()
              .takeWhile(wave -> !stop.isRaised())
              .map(wave -> LiveStatus.of(wave, sources.position(wave.leg())))
              .toList();
      if (stop.isRaised()) {
        // A source that hangs takes seconds for each wave: not all were looked at.
        break;
      }
      if (console.isTerminal()) {
        console.redraw(StatusTable.lines(waves));
      } else {
        waves.forEach(this::plain);
      }
    } while (!stop.isRaised()
        && !run.awaitOver(TERMINAL_PACE)
        && log.failure().isEmpty()
        && lease.lost().isEmpty());
    console.keep();
    console.line("Stopping: the batch in hand is finished, everything is closed.");
  }

  private void plain(WaveStatus wave) {
    String state = wave.state() + " " + wave.failure();
    boolean changed = !state.equals(states.put(wave.wave(), state));
    long now = System.nanoTime();
    Long last = printed.get(wave.wave());
    if (changed || last == null || now - last > PLAIN_PACE.toNanos()) {
      printed.put(wave.wave(), now);
      console.line(StatusTable.plain(wave));
    }
  }

  private static int tell(Failure failure, PrintWriter err) {
    err.println("veer: " + failure.getMessage() + " [" + failure.code() + "]");
    err.flush();
    return ExitCode.of(failure);
  }
}
