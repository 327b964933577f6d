package nl.veer.control.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.audit.AuditedRole;
import nl.veer.control.config.VeerConfig;
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
  private final Map<String, Long> printed = new HashMap<>();
  private final Map<String, String> states = new HashMap<>();

  /** Null where there shall be no dashboard. */
  private final @Nullable Path dashboard;

  /** Null before it serves; whoever gets the signal asks it to give up. */
  private volatile @Nullable DashboardBeside served;

  private RolesInFront(Console console, @Nullable Path dashboard) {
    this.console = console;
    this.dashboard = dashboard;
  }

  /**
   * Runs until asked to stop, without a dashboard; the exit code.
   *
   * @param wait how long a source that is starting or away is waited for
   */
  static int run(
      VeerConfig config, Role role, boolean truncate, Duration wait, CommandLine command) {
    return run(config, role, truncate, wait, null, command);
  }

  /**
   * Runs until asked to stop; the exit code.
   *
   * @param wait how long a source that is starting or away is waited for
   * @param dashboard the configuration's file, for a dashboard beside the roles; null for none
   */
  static int run(
      VeerConfig config,
      Role role,
      boolean truncate,
      Duration wait,
      @Nullable Path dashboard,
      CommandLine command) {
    if (role != Role.RUN && config.kafka() == null) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "KAFKA_NEEDED",
          "veer %s needs kafka and registry in the configuration: the embedded ones live inside"
                  .formatted(role.word())
              + " veer run.");
    }
    RolesInFront front = new RolesInFront(Console.of(command.getOut()), dashboard);
    try (CleanExit exit = CleanExit.with(front::end);
        ProcessFile process = ProcessFile.claim(config.data(), role)) {
      LogFile.open(config.data().resolve(role == Role.RUN ? "veer.log" : role.word() + ".log"));
      try (RoleWindow window = RoleWindow.open(config, role)) {
        window.words().ifPresent(front.console::line);
        FirstLook look = new FirstLook(wait, front.stop, front::waiting);
        Optional<Migration> migration = look.at(config);
        if (migration.isEmpty()) {
          return ExitCode.OK;
        }
        return front.run(
            migration.get(), config, role, truncate, process, window, command.getErr());
      }
    } catch (Failure failure) {
      if (front.stop.isRaised() && failure.code().equals("EMBEDDED_LOG")) {
        // Asked to end while the embedded servers started, so they did not.
        return ExitCode.OK;
      }
      throw failure;
    }
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
      VeerConfig config,
      Role role,
      boolean truncate,
      ProcessFile process,
      RoleWindow window,
      PrintWriter err) {
    LOG.atInfo().addKeyValue("migration", config.migration()).log("veer {} begins", role.word());
    if (config.kafka() == null) {
      console.line("Starting the embedded broker and registry in " + config.data() + " …");
    }
    try (OpenLog log = OpenLog.open(config)) {
      process.publish(log.kafka().bootstrap(), log.registry().url());
      if (stop.isRaised()) {
        return ExitCode.OK;
      }
      MigrationRun run = MigrationRun.start(migration, log, role, truncate);
      try (AuditedRole audited =
              orEnd(run::close, () -> AuditedRole.begin(config, words(role, truncate)));
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
        watch(run, log, sources);
        window.ends();
        log.failure().or(run::failure).ifPresent(watched::ended);
        log.failure().or(run::failure).ifPresent(audited::failed);
      }
      LOG.atInfo().addKeyValue("migration", config.migration()).log("veer {} ends", role.word());
      // Where the broker has given up, what the roles ended with is only its echo.
      return log.failure().or(run::failure).map(failure -> tell(failure, err)).orElse(ExitCode.OK);
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

  private static String words(Role role, boolean truncate) {
    return "veer " + role.word() + (truncate ? " --truncate" : "");
  }

  private void watch(MigrationRun run, OpenLog log, SourceEnds sources) {
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
    } while (!stop.isRaised() && !run.awaitOver(TERMINAL_PACE) && log.failure().isEmpty());
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
