package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.audit.Audited;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.AttemptKind;
import nl.veer.control.cutover.Cutover;
import nl.veer.control.cutover.CutoverPlan;
import nl.veer.control.cutover.CutoverTerms;
import nl.veer.control.gate.Gate;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.GateSide;
import nl.veer.control.gate.GateView;
import nl.veer.control.gate.RehearsalsOnRecord;
import nl.veer.control.scan.Scans;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.Waves;
import nl.veer.sandbox.process.PrivateFiles;
import picocli.CommandLine;

/** Runs {@code veer cutover} or {@code veer fallback} in front of somebody. */
final class CutoverInFront {
  private final VeerConfig config;
  private final CutoverOptions options;
  private final PrintWriter out;
  private final PrintWriter err;
  private final String command;

  /**
   * @param command {@code cutover} or {@code fallback}
   */
  CutoverInFront(VeerConfig config, CutoverOptions options, CommandLine line, String command) {
    this.config = config;
    this.options = options;
    this.out = line.getOut();
    this.err = line.getErr();
    this.command = command;
  }

  int run() {
    List<WaveId> waves = Waves.chosen(config, options.wave);
    if (waves.size() > 1) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "WAVE_UNKNOWN",
          "There are several waves, and they are cut over one at a time: say which with --wave.");
    }
    Duration budget = options.budget(config);
    // Giving up needs no table, and must do where the source that follows is gone.
    Migration migration = options.abort() ? Migration.bare(config) : Migration.of(config);
    Leg leg = leg(migration, waves.get(0));
    log();
    StopSignal stop = new StopSignal();
    Console console = options.json ? new Console(err, false) : Console.of(out);
    try (CutoverScreen screen = new CutoverScreen(console, budget, options.json);
        Cutover cutover =
            new Cutover(config, migration, leg, () -> Scans.log(config), stop, screen)) {
      if (options.abort() || options.resume()) {
        return standing(cutover, waves.get(0), stop);
      }
      CutoverTerms.requireDirection(leg, command.equals("fallback"));
      AttemptKind kind = options.rehearse() ? AttemptKind.REHEARSAL : AttemptKind.CUTOVER;
      return attempt(migration, leg, cutover, kind, stop);
    }
  }

  private Leg leg(Migration migration, WaveId wave) {
    Map<WaveId, Leg> current = options.abort() ? Legs.current(config) : Legs.current(migration);
    return Objects.requireNonNull(current.get(wave));
  }

  private int attempt(
      Migration migration, Leg leg, Cutover cutover, AttemptKind kind, StopSignal stop) {
    CutoverPlan plan = cutover.plan(kind, options.budget(config), options.dryRun());
    GateSide side = GateSide.of(migration, leg);
    GateReport gate = gate(side, stop);
    show(gate, plan);
    if (options.dryRun() || !CutoverTerms.isOpen(gate, kind)) {
      return code(gate, kind);
    }
    if (!options.yes) {
      Optional<GateReport> now =
          new GateConfirmation(
                  () -> confirmed(plan.wave().wave()), () -> gate(side, stop), System::nanoTime)
              .of(gate);
      if (now.isEmpty()) {
        return ExitCode.FAILED;
      }
      if (!CutoverTerms.isOpen(now.get(), kind)) {
        GateTable.lines(now.get(), new Console(err, false)).forEach(err::println);
        err.println("veer: the gate has shut since it was shown. Nothing was done.");
        err.flush();
        return code(now.get(), kind);
      }
    }
    audited(leg.home());
    return driven(stop, () -> Optional.of(cutover.run(kind, plan.budget())));
  }

  private static int code(GateReport gate, AttemptKind kind) {
    return CutoverTerms.isOpen(gate, kind)
        ? ExitCode.OK
        : gate.isKnown() ? ExitCode.FAILED : ExitCode.UNKNOWN;
  }

  /** Whoever has to lower a fence shall not fail for want of a log file. */
  private void log() {
    try {
      PrivateFiles.directories(config.data());
      LogFile.open(config.data().resolve(command + ".log"));
    } catch (IOException | Failure e) {
      err.println("veer: nothing is written to the log file: " + e.getMessage());
      err.flush();
    }
  }

  private GateReport gate(GateSide side, StopSignal stop) {
    try (CleanExit exit = CleanExit.with(stop::raise)) {
      return new Gate(
              config.cutover(),
              config.verification(),
              () -> Scans.log(config),
              new RehearsalsOnRecord(),
              Clock.systemUTC(),
              stop)
          .read(side);
    }
  }

  private void show(GateReport gate, CutoverPlan plan) {
    if (options.json) {
      if (options.dryRun()) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("gate", GateView.of(gate));
        both.put("plan", plan.lines());
        out.println(Json.write(both));
      } else if (!gate.open()) {
        GateTable.lines(gate, new Console(err, false)).forEach(err::println);
        err.flush();
      }
    } else {
      GateTable.lines(gate, Console.of(out)).forEach(out::println);
      out.println(
          "Wave %s, leg %d: %,d tables; writes are refused for at most %,d ms."
              .formatted(
                  plan.wave().wave(), plan.leg(), plan.tables().size(), plan.budget().toMillis()));
      plan.lines().forEach(out::println);
    }
    out.flush();
  }

  private int standing(Cutover cutover, WaveId wave, StopSignal stop) {
    audited(wave);
    if (options.resume()) {
      return driven(stop, cutover::resume);
    }
    int code = driven(stop, cutover::abort);
    // It was given up, as was asked for.
    return code == ExitCode.FAILED ? ExitCode.OK : code;
  }

  /** Does it with Ctrl-C as the way to give it up, and shows what came of it. */
  private int driven(StopSignal stop, Supplier<Optional<Attempt>> work) {
    try (CleanExit exit = CleanExit.with(stop::raise)) {
      Optional<Attempt> attempt = work.get();
      if (attempt.isPresent()) {
        return ended(attempt.get());
      }
      out.println("No attempt stands: there is nothing to do.");
      out.flush();
      return ExitCode.FAILED;
    } catch (Failure failure) {
      if (CutoverTerms.isNotBegun(failure)) {
        throw failure;
      }
      err.println("veer: " + failure.getMessage());
      err.println(
          "veer: the attempt is not finished. Undo it with 'veer cutover --abort', or go on with"
              + " --resume.");
      err.flush();
      return ExitCode.UNKNOWN;
    }
  }

  private boolean confirmed(String wave) {
    PrintWriter to = options.json ? err : out;
    boolean yes = Confirmation.of(to, "wave", wave);
    if (!yes) {
      to.println("Nothing was done.");
      to.flush();
    }
    return yes;
  }

  private int ended(Attempt attempt) {
    CutoverReport report = CutoverReport.of(attempt);
    if (options.json) {
      out.println(Json.write(report));
    } else {
      report.lines().forEach(out::println);
    }
    out.flush();
    return report.succeeded() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Who asked, before anything is done. */
  private void audited(WaveId wave) {
    Audited.of(config).asked(wave.wave(), "veer " + command + options.asked());
  }
}
